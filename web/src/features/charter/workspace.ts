export const WORKSPACE = 'workspace/main'
