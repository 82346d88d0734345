import type { Tree } from '../gather'

export const files = import.meta.glob<Tree>('../../**/locales/zh-Hant.json', { eager: true, import: 'default' })
