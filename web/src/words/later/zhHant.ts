import type { Tree } from '../gather'

export const files = import.meta.glob<Tree>('../../features/report/locales/zh-Hant.json', { eager: true, import: 'default' })
