import { partsOf, type Tree } from '../gather'

const large = import.meta.glob<Tree>(['../../**/locales/zh-Hant.json', '!../../features/report/**'], { eager: true, import: 'default' })
const small = import.meta.glob<Tree>('../../**/words.json', { eager: true, import: 'default', query: { language: 'zh-Hant' } })

export const files = { ...large, ...partsOf(small, 'zh-Hant') }
