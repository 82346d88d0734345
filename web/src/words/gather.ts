import { LANGUAGES, type Language } from './choose'

export interface Tree {
  [key: string]: string | Tree
}

/** Put every `<folder>/locales/<language>.json` under the name of its folder. Folders of one name share a namespace. */
export function gatherWords(files: Record<string, Tree>): Record<Language, Tree> {
  const words: Record<Language, Tree> = { 'zh-Hant': {}, 'zh-Hans': {}, en: {} }
  for (const [path, tree] of Object.entries(files)) {
    const found = /([^/]+)\/locales\/([^/]+)\.json$/.exec(path)
    const namespace = found?.[1]
    const language = LANGUAGES.find((known) => known === found?.[2])
    if (namespace === undefined || language === undefined) continue
    for (const [key, text] of Object.entries(flat(tree))) words[language][`${namespace}.${key}`] = text
  }
  return words
}

/** Every key of a tree with dots between its parts. */
export function flat(tree: Tree, before = ''): Record<string, string> {
  const out: Record<string, string> = {}
  for (const [key, value] of Object.entries(tree)) {
    if (typeof value === 'string') out[before + key] = value
    else Object.assign(out, flat(value, `${before}${key}.`))
  }
  return out
}
