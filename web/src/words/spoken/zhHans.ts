import type { Tree } from '../gather'

export const files = import.meta.glob<Tree>('../../**/locales/zh-Hans.json', { eager: true, import: 'default' })
