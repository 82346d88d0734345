import { partsOf, type Tree } from '../gather'

const large = import.meta.glob<Tree>(['../../**/locales/en.json', '!../../features/report/**'], { eager: true, import: 'default' })
const small = import.meta.glob<Tree>('../../**/words.json', { eager: true, import: 'default', query: { language: 'en' } })

export const files = { ...large, ...partsOf(small, 'en') }
