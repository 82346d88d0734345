import { expect, it } from 'vitest'
import type { DutyDone, ReviewNowRow } from '@/api'
import { asWritten, beyond, drifted, dueMonth, monthOf, peopleMoved, spanOf, stepped } from './review'

const ZONE = 'Asia/Taipei'
const at = (text: string): number => Date.parse(text)
const row = (more: Partial<ReviewNowRow> = {}): ReviewNowRow => ({ month: '', by: '', at: 0, people: [], first_at: at('2026-10-05T12:00:00Z'), ...more })
const duty = (id: string, done: number, drift: number, stoodIn = 0): DutyDone => ({ duty_id: id, title: '', phases: ['on_air'], does: [], answers: [], seen: true, done, drift, stood_in: stoodIn, proven: { count: 0, events: [] }, by: [] })

it('a month begins where the house is', () => {
  expect([monthOf(at('2026-10-31T16:00:00Z'), ZONE), monthOf(at('2026-10-31T15:59:59Z'), ZONE)]).toEqual(['2026-11', '2026-10'])
  expect([stepped('2026-01', -1), stepped('2026-12', 1), stepped('2026-05', -17)]).toEqual(['2025-12', '2027-01', '2024-12'])
})

it('a review is due when a month with shows is over and nobody went through it', () => {
  const november = at('2026-11-20T12:00:00Z')
  expect(dueMonth(row(), november, ZONE)).toBe('2026-10')
  expect(dueMonth(row({ month: '2026-10' }), november, ZONE)).toBe('')
  expect(dueMonth(row({ month: '2026-09' }), november, ZONE)).toBe('2026-10')
  expect(dueMonth(row({ first_at: november }), november, ZONE)).toBe('')
  expect(dueMonth(row({ first_at: null }), november, ZONE)).toBe('')
  expect(dueMonth(null, november, ZONE)).toBe('')
})

it('whoever came since is told once a month was gone through', () => {
  expect([peopleMoved(row({ people: ['mei'] })), peopleMoved(row({ month: '2026-10', people: ['mei'] }))]).toEqual([0, 1])
})

it('what is to be talked about stands apart from what went as written', () => {
  const all = [duty('a', 3, 0), duty('b', 2, 1), duty('c', 9, 5), duty('d', 4, 0, 1), duty('e', 0, 0)]
  expect(drifted(all).map((each) => each.duty_id)).toEqual(['c', 'b', 'd'])
  expect(asWritten(all).map((each) => each.duty_id)).toEqual(['a'])
})

it('a number says how many events it does not open, and a span is read at a glance', () => {
  expect(beyond({ count: 33, events: [] })).toBe(33)
  expect([spanOf(500), spanOf(95_000), spanOf(3_725_000)]).toEqual(['0.5 s', '1:35', '1:02:05'])
})
