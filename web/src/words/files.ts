import { chooseLanguage, type Language } from './choose'
import { gatherWords, type Tree } from './gather'

export const KEY = 'kaibo.language'

// The words of one language are one file of the build, read when it is spoken; a small feature has one file of all three.
const files = import.meta.glob<Tree>('../**/locales/*.json', { import: 'default' })
const small = import.meta.glob<Tree>('../**/words.json', { eager: true, import: 'default' })

/** One's own choice, else the browser's. */
export const firstLanguage = (): Language => chooseLanguage(localStorage.getItem(KEY), navigator.languages)

/** All words of a language by key. Rejects where they cannot be read. */
export async function wordsOf(language: Language): Promise<Tree> {
  const wanted = Object.entries(files).filter(([path]) => path.endsWith(`/${language}.json`))
  const read = await Promise.all(wanted.map(async ([path, tree]) => [path, await tree()] as const))
  return gatherWords({ ...small, ...Object.fromEntries(read) })[language]
}
