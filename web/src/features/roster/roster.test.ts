import { expect, test } from 'vitest'
import type { HandOverSheet, OpenOffer, RosterRow } from '@/api'
import { callsWith, fresh, linesOf, NEAR_MS, notHere, offeredTo, sheetState, templateOf, TOLD_MS, toCheckIn } from './roster'

const AT = 1_760_000_000_000
const row = (more: Partial<RosterRow>): RosterRow => ({
  role_id: 'assistant', person_id: 'ai', on_duty: true, since: AT, call_at: AT, call_before_s: 0, checked_in_at: null, stand_in_id: '', came: 'planned', after: '', said_back: [], left: '', reason: '', offer: null, sheet_seq: 0, ...more,
})
const rows = (...each: Partial<RosterRow>[]): Map<string, RosterRow> => new Map(each.map((one, place) => [String(place), row(one)]))

test('one is asked to check in within two hours of the first call, until one did', () => {
  const two = rows({ call_at: AT + 60_000 }, { role_id: 'host', call_at: AT })
  expect(toCheckIn(two, 'ai', AT - NEAR_MS)).toBe(AT)
  expect(toCheckIn(two, 'ai', AT - NEAR_MS - 1)).toBeNull()
  expect(toCheckIn(two, 'ai', AT + NEAR_MS + 1)).toBeNull()
  expect(toCheckIn(two, 'bao', AT)).toBeNull()
  expect(toCheckIn(rows({ checked_in_at: AT }), 'ai', AT)).toBeNull()
  expect(toCheckIn(rows({ on_duty: false, left: 'absent' }), 'ai', AT)).toBeNull()
})

test('who is on duty and has not checked in is not here: each once, with all their roles', () => {
  const gone = rows({}, { role_id: 'care' }, { person_id: 'bao', checked_in_at: AT }, { person_id: 'pei', on_duty: false, left: 'absent' })
  expect([...notHere(gone)]).toEqual([[row({}).person_id, [row({}).role_id, 'care']]])
})

test('who came in need is told for a minute', () => {
  const taken = rows({ came: 'taken' }, { came: 'accepted' })
  expect(fresh(taken, AT + TOLD_MS - 1)).toEqual([row({ came: 'taken' })])
  expect(fresh(taken, AT + TOLD_MS)).toEqual([])
})

test('offers to somebody, oldest first', () => {
  const offer = (offer_id: string, to_person_id: string, at: number): RosterRow['offer'] => ({ offer_id, to_person_id, lines: ['一'], at, shift_id: '', ticked: [], asked: [], stood_by: [] })
  const told = offeredTo(rows({ offer: offer('o2', 'bao', AT + 1) }, { offer: offer('o1', 'bao', AT) }, { offer: offer('o3', 'pei', AT) }, {}), 'bao')
  expect(told.map((one) => one.offer?.offer_id)).toEqual(['o1', 'o2'])
})

test('lines that say something, and calls with one of one’s own', () => {
  expect(linesOf(' 一\n\n 二 \n')).toEqual(['一', '二'])
  expect(callsWith(1200)).toContain(1200)
  expect(callsWith(900)).toEqual(callsWith(0))
})

test('a template lays shifts end to end, and none where that makes no sense', () => {
  const name = (n: number): string => `第 ${n} 班`
  expect(templateOf(3, 8, name).map((one) => [one.name, one.from_s, one.to_s])).toEqual([['第 1 班', 0, 28_800], ['第 2 班', 28_800, 57_600], ['第 3 班', 57_600, 86_400]])
  expect([templateOf(0, 8, name), templateOf(2.5, 8, name), templateOf(13, 1, name), templateOf(3, Number.NaN, name), templateOf(12, 24, name)]).toEqual([[], [], [], [], []])
})

test('how far one is with the sheet; a question of a line that is gone stays open', () => {
  const line = (key: string) => ({ key, kind: 'own' as const, subject: '', text: '', count: 0, amount_minor: null, currency: '', at: null, person_id: '', verdict: '', ratio: null })
  const sheet: HandOverSheet = { show_id: 's', seq: 9, at: AT, under: 20, withheld: [], sections: [{ name: 'own', more: 0, lines: ['a', 'b', 'c'].map(line) }] }
  const offer: OpenOffer = { offer_id: 'o', to_person_id: 'bao', lines: [], at: AT, shift_id: 's2', stood_by: [], ticked: ['a'], asked: [{ line: 'b', question: '？', answer: '好' }, { line: 'gone', question: '？', answer: '' }] }
  expect(sheetState(sheet, offer)).toEqual({ seen: 1, open: 1, unseen: 1 })
})
