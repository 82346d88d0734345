import { expect, it } from 'vitest'
import { FIGURE_BOOK } from '@/api'
import en from './fact/locales/en.json'
import zhHans from './fact/locales/zh-Hans.json'
import zhHant from './fact/locales/zh-Hant.json'
import { factTitle, factTitles } from '@/words/facts'

type Words = Record<string, Record<string, string>>
const sources = [...new Set(Object.values(FIGURE_BOOK).flatMap((figure) => figure.sources))]

it('has a word of people for whatever a figure comes from', () => {
  for (const words of [zhHant, zhHans, en] as unknown as Words[]) {
    const missing = sources.filter((type) => words[type.split('.')[0] ?? '']?.[type.split('.')[1] ?? ''] === undefined)
    expect(missing).toEqual([])
  }
})

it('names kinds of facts by those words, each once, and a small feature by its own', () => {
  const known = new Set(['fact.audience.batch', 'note.fact.pinned'])
  const say = (key: string): string => (key === 'metric.and' ? '、' : `<${key}>`)
  const te = (key: string): boolean => known.has(key)
  expect([factTitle('audience.batch', say, te), factTitle('note.pinned', say, te), factTitle('new.thing', say, te)]).toEqual(['<fact.audience.batch>', '<note.fact.pinned>', 'new.thing'])
  expect(factTitles(['audience.batch', 'note.pinned', 'audience.batch'], say, te)).toBe('<fact.audience.batch>、<note.fact.pinned>')
})
