import { chooseLanguage, type Language } from './choose'
import { gatherWords, type Tree } from './gather'

export const KEY = 'kaibo.language'

// The words of one language are one file of the build, read when it is spoken.
const spoken = {
  'zh-Hant': () => import('./spoken/zhHant'),
  'zh-Hans': () => import('./spoken/zhHans'),
  en: () => import('./spoken/en'),
}

/** One's own choice, else the browser's. */
export const firstLanguage = (): Language => chooseLanguage(localStorage.getItem(KEY), navigator.languages)

/** All words of a language by key. Rejects where they cannot be read. */
export async function wordsOf(language: Language): Promise<Tree> {
  return gatherWords((await spoken[language]()).files)[language]
}
