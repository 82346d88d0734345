import { chooseLanguage, type Language } from './choose'
import { gatherWords, type Tree } from './gather'

export const KEY = 'kaibo.language'

// The words of one language are one file of the build, read when it is spoken; a small feature has one file of all three.
const spoken = {
  'zh-Hant': () => import('./spoken/zhHant'),
  'zh-Hans': () => import('./spoken/zhHans'),
  en: () => import('./spoken/en'),
}
const small = import.meta.glob<Tree>('../**/words.json', { eager: true, import: 'default' })

/** One's own choice, else the browser's. */
export const firstLanguage = (): Language => chooseLanguage(localStorage.getItem(KEY), navigator.languages)

/** All words of a language by key. Rejects where they cannot be read. */
export async function wordsOf(language: Language): Promise<Tree> {
  return gatherWords({ ...small, ...(await spoken[language]()).files })[language]
}
