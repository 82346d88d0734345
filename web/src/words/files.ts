import { chooseLanguage, type Language } from './choose'
import { gatherWords, type Tree } from './gather'

export const KEY = 'kaibo.language'

// The words of one language are one file of the build, read when it is spoken.
const spoken = {
  'zh-Hant': () => import('./spoken/zhHant'),
  'zh-Hans': () => import('./spoken/zhHans'),
  en: () => import('./spoken/en'),
}

// What nobody says while a show runs: the report's words.
const later = {
  'zh-Hant': () => import('./later/zhHant'),
  'zh-Hans': () => import('./later/zhHans'),
  en: () => import('./later/en'),
}

/** One's own choice, else the browser's. */
export const firstLanguage = (): Language => chooseLanguage(localStorage.getItem(KEY), navigator.languages)

/** The words of a language by key, but those of `laterWordsOf`. Rejects where they cannot be read. */
export async function wordsOf(language: Language): Promise<Tree> {
  return gatherWords((await spoken[language]()).files)[language]
}

/** The words of what is read afterwards, by key. Rejects where they cannot be read. */
export async function laterWordsOf(language: Language): Promise<Tree> {
  return gatherWords((await later[language]()).files)[language]
}
