import { partsOf, type Tree } from '../gather'

const large = import.meta.glob<Tree>(['../../**/locales/zh-Hans.json', '!../../features/report/**'], { eager: true, import: 'default' })
const small = import.meta.glob<Tree>('../../**/words.json', { eager: true, import: 'default', query: { language: 'zh-Hans' } })

export const files = { ...large, ...partsOf(small, 'zh-Hans') }
