import { expect, test } from 'vitest'
import { byLanguage, flat, type Tree } from '@/words/gather'
import { chooseLanguage, LANGUAGES } from '@/words/choose'
import { i18n, setLanguage } from '@/words'

const files = byLanguage(import.meta.glob<Tree>(['../src/**/locales/*.json', '../src/**/words.json'], { eager: true, import: 'default' }))
const raw = import.meta.glob<string>('../src/**/words.json', { eager: true, query: '?raw', import: 'default' })
const folders = [...new Set(Object.keys(files).map((path) => path.replace(/[^/]+$/, '')))]

test('there are words to check', () => {
  expect(folders.length).toBeGreaterThan(1)
})

/** `file:line: add …` for each word that another language has. */
function unsaid(folder: string): string[] {
  const keys = new Set(LANGUAGES.flatMap((language) => Object.keys(flat(files[`${folder}${language}.json`] ?? {}))))
  return LANGUAGES.flatMap((language) => {
    const known = flat(files[`${folder}${language}.json`] ?? {})
    return [...keys].filter((key) => !(key in known)).map((key) => `${placeOf(folder, language)}: add "${key}": "…" to ${language}`)
  })
}

/** Where a word of a language is added: below the head of its file, or of its part of a `words.json`. */
function placeOf(folder: string, language: string): string {
  const one = folder.replace(/locales\/$/, 'words.json')
  const text = raw[one]
  if (text === undefined) return `${folder.replace('../', '')}${language}.json:2`
  const head = text.split('\n').findIndex((line) => line.includes(`"${language}"`))
  return `${one.replace('../', '')}:${(head < 0 ? 1 : head + 1) + 1}`
}

test.each(folders)('%s says everything in three languages', (folder) => {
  expect(unsaid(folder)).toEqual([])
})

test.each(folders)('%s uses the same names in all three', (folder) => {
  const words = LANGUAGES.map((language) => flat(files[`${folder}${language}.json`] ?? {}))
  const holes = (text: string): string[] => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort()
  for (const key of Object.keys(words[0] ?? {})) {
    const found = words.map((tree) => holes(tree[key] ?? ''))
    expect(found[1], key).toEqual(found[0])
    expect(found[2], key).toEqual(found[0])
  }
})

test.each(folders)('%s says the server’s words in the server’s words', (folder) => {
  const words = LANGUAGES.map((language) => flat(files[`${folder}${language}.json`] ?? {}))
  const links = (text: string): string[] => text.match(/@[.\w]*:[\w.]+/g) ?? []
  for (const key of Object.keys(words[0] ?? {})) {
    const found = words.map((tree) => links(tree[key] ?? ''))
    expect(found[1], key).toEqual(found[0])
    expect(found[2], key).toEqual(found[0])
  }
})

test.each(LANGUAGES)('every link leads to words: %s', async (language) => {
  await setLanguage(language)
  const said = flat(i18n.global.words.value)
  const linked = Object.keys(said).filter((key) => said[key]?.startsWith('@'))
  expect(linked.length).toBeGreaterThan(200)
  expect(linked.filter((key) => /server\.|^$/.test(i18n.global.t(key, { name: 'N' })))).toEqual([])
  expect(i18n.global.t('shell.role.director')).toBe({ 'zh-Hant': '導播', 'zh-Hans': '导播', en: 'Director' }[language])
})

test('every key named in the code exists', () => {
  const sources = import.meta.glob<string>('../src/**/*.{vue,ts}', { eager: true, query: '?raw', import: 'default' })
  const known = new Set<string>()
  for (const [path, tree] of Object.entries(files)) {
    const folder = /([^/]+)\/locales\/zh-Hant\.json$/.exec(path)?.[1]
    if (folder !== undefined) for (const key of Object.keys(flat(tree))) known.add(`${folder}.${key}`)
  }
  const missing: string[] = []
  for (const [path, source] of Object.entries(sources)) {
    if (path.endsWith('.test.ts')) continue
    for (const [, key] of source.matchAll(/\bt\(\s*['"]([\w-]+\.[\w.-]+)['"]/g)) {
      if (key === undefined || known.has(key)) continue
      const [space = '', ...rest] = key.split('.')
      const folder = folders.find((each) => each.endsWith(`/${space}/locales/`)) ?? path.replace(/[^/]+$/, 'locales/')
      missing.push(`${placeOf(folder, 'zh-Hant')}: add "${rest.join('.')}": "…", which ${path.replace('../', '')} says`)
    }
  }
  expect(missing).toEqual([])
})

test('one’s own choice wins, then the browser’s order, then zh-Hant', () => {
  expect(chooseLanguage('en', ['zh-TW'])).toBe('en')
  expect(chooseLanguage(null, ['fr', 'zh-CN', 'en'])).toBe('zh-Hans')
  expect(chooseLanguage(null, ['zh-HK'])).toBe('zh-Hant')
  expect(chooseLanguage(null, ['de'])).toBe('zh-Hant')
})

test('the shop that takes prices has one name', () => {
  const wrong = Object.entries(files).filter(([path, tree]) => /zh-Han[ts]\.json$/.test(path) && /店家(?!身[分份])|店[鋪铺]/.test(JSON.stringify(tree)))
  expect(wrong.map(([path]) => path)).toEqual([])
})
