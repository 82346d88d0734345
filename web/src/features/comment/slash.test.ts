import { expect, it } from 'vitest'
import { instantOf, meant, named, typed, verbIn, type SlashCommand } from './slash'

const command = (...verbs: string[]): SlashCommand => ({ verbs, label: verbs[0] ?? '', run: () => {} })
const ALL = [command('answer', 'a', '答'), command('at'), command('done', 'd'), command('find', 'f', '找')]

it('reads a verb and the words behind it, full width as well', () => {
  expect(typed('/answer 可以，無皂基')).toEqual({ verb: 'answer', rest: '可以，無皂基' })
  expect(typed('／答　可以')).toEqual({ verb: '答', rest: '可以' })
  expect(typed('//done')).toEqual({ verb: 'done', rest: '' })
  expect(typed('/DONE')).toEqual({ verb: 'done', rest: '' })
})
it('shows the word of the language that is read alone', () => {
  const verbs = ['hide', '隱藏', '隐藏']
  expect(['zh-Hant', 'zh-Hans', 'en'].map((language) => verbIn(language, verbs))).toEqual(['隱藏', '隐藏', 'hide'])
  expect(['zh-Hant', 'zh-Hans', 'en'].map((language) => verbIn(language, ['answer', 'a', '答']))).toEqual(['答', '答', 'answer'])
  expect(verbIn('zh-Hant', ['only'])).toBe('only')
})
it('looks for words without a slash', () => {
  expect(typed(' 敏感 肌 ')).toEqual({ verb: 'find', rest: '敏感 肌' })
})
it('knows a command by its name, a short name, or the only beginning', () => {
  expect(named(ALL, '答')?.label).toBe('answer')
  expect(named(ALL, 'a')?.label).toBe('answer')
  expect(named(ALL, 'do')?.label).toBe('done')
  expect(named(ALL, 'zz')).toBeUndefined()
  expect(named([command('answer'), command('at')], 'a')).toBeUndefined()
})
it('offers what may be meant, and nothing while one only looks for words', () => {
  expect(meant(ALL, '/').length).toBe(4)
  expect(meant(ALL, '/a').map((one) => one.label)).toEqual(['answer', 'at'])
  expect(meant(ALL, '敏感')).toEqual([])
})
it('finds the newest such time that is not to come, past midnight too', () => {
  const zone = 'Asia/Taipei'
  const now = Date.UTC(2026, 10, 28, 16, 10, 20, 500) // 00:10:20 in Taipei
  expect(instantOf('00:05', now, zone)).toBe(Date.UTC(2026, 10, 28, 16, 5, 0))
  expect(instantOf('23:50:10', now, zone)).toBe(Date.UTC(2026, 10, 28, 15, 50, 10))
  expect(instantOf('25:00', now, zone)).toBeNull()
  expect(instantOf('soon', now, zone)).toBeNull()
})
