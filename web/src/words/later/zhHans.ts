import type { Tree } from '../gather'

export const files = import.meta.glob<Tree>('../../features/report/locales/zh-Hans.json', { eager: true, import: 'default' })
