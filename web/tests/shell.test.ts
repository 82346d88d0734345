import { expect, test } from 'vitest'
import { kindsInOrder } from '@/shell/eventWords'
import { inOrder, STRIPS } from '@/shell/slots'
import { gatherWords } from '@/words/gather'

test('what hangs in the shell stands by rank, then by name; a feature that says nothing stands in the middle', () => {
  const [incident, mail, note] = [{ name: 'incident' }, { name: 'mail' }, { name: 'note' }]
  const found = { './note/ShellStrip.vue': { default: note }, './mail/ShellStrip.vue': { default: mail, rank: 90 }, './incident/ShellStrip.vue': { default: incident, rank: 10 } }
  expect(inOrder(found)).toEqual([incident, note, mail])
  expect(inOrder({ b: { default: mail }, a: { default: note } })).toEqual([note, mail])
})

test('a feature hangs a strip by the name of its file', () => {
  expect(STRIPS.length).toBeGreaterThan(0)
})

test('kinds of facts stand by feature as the log came to them, without a list of features', () => {
  expect(kindsInOrder(['show.planned', 'rundown.went', 'show.aired', 'note.pinned', 'rundown.held', 'show.planned'])).toEqual(['show.aired', 'show.planned', 'rundown.held', 'rundown.went', 'note.pinned'])
})

test('words of all languages in one file are the same as a file for each', () => {
  const one = gatherWords({ '../features/note/words.json': { 'zh-Hant': { title: '釘選' }, 'zh-Hans': { title: '钉选' }, en: { title: 'Pinned' } } })
  const three = gatherWords({ '../features/note/locales/zh-Hant.json': { title: '釘選' }, '../features/note/locales/zh-Hans.json': { title: '钉选' }, '../features/note/locales/en.json': { title: 'Pinned' } })
  expect(one).toEqual(three)
  expect(one.en).toEqual({ 'note.title': 'Pinned' })
})
