import { LANGUAGES, type Language } from './choose'

export interface Tree {
  [key: string]: string | Tree
}

/**
 * Put every `<folder>/locales/<language>.json` under the name of its folder, and each language of `<folder>/words.json`.
 * Folders of one name share a namespace.
 */
export function gatherWords(files: Record<string, Tree>): Record<Language, Tree> {
  const words: Record<Language, Tree> = { 'zh-Hant': {}, 'zh-Hans': {}, en: {} }
  for (const [path, tree] of Object.entries(byLanguage(files))) {
    const found = /([^/]+)\/locales\/([^/]+)\.json$/.exec(path)
    const namespace = found?.[1]
    const language = LANGUAGES.find((known) => known === found?.[2])
    if (namespace === undefined || language === undefined) continue
    for (const [key, text] of Object.entries(flat(tree))) words[language][`${namespace}.${key}`] = text
  }
  return words
}

/** A file of all languages as one file for each: `…/note/words.json` is `…/note/locales/en.json` and its like. */
export function byLanguage(files: Record<string, Tree>): Record<string, Tree> {
  const out: Record<string, Tree> = {}
  for (const [path, tree] of Object.entries(files)) {
    const folder = /^(.*)\/words\.json$/.exec(path)?.[1]
    if (folder === undefined) out[path] = tree
    else for (const language of LANGUAGES) out[`${folder}/locales/${language}.json`] = tableOf(tree[language])
  }
  return out
}

/** The parts of one language of such files, by the same names. */
export function partsOf(parts: Record<string, Tree>, language: Language): Record<string, Tree> {
  return Object.fromEntries(Object.entries(parts).map(([path, tree]) => [path.replace(/words\.json$/, `locales/${language}.json`), tree]))
}

const tableOf = (part: string | Tree | undefined): Tree => (typeof part === 'object' ? part : {})

/** Every key of a tree with dots between its parts. */
export function flat(tree: Tree, before = ''): Record<string, string> {
  const out: Record<string, string> = {}
  for (const [key, value] of Object.entries(tree)) {
    if (typeof value === 'string') out[before + key] = value
    else Object.assign(out, flat(value, `${before}${key}.`))
  }
  return out
}
