import { expect, test } from 'vitest'
import type { RosterRow } from '@/api'
import { callsWith, fresh, linesOf, NEAR_MS, offeredTo, TOLD_MS, toCheckIn } from './roster'

const AT = 1_760_000_000_000
const row = (more: Partial<RosterRow>): RosterRow => ({
  role_id: 'assistant', person_id: 'ai', on_duty: true, since: AT, call_at: AT, call_before_s: 0, checked_in_at: null, stand_in_id: '', came: 'planned', after: '', said_back: [], left: '', reason: '', offer: null, ...more,
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

test('who came in need is told for a minute', () => {
  const taken = rows({ came: 'taken' }, { came: 'accepted' })
  expect(fresh(taken, AT + TOLD_MS - 1)).toEqual([row({ came: 'taken' })])
  expect(fresh(taken, AT + TOLD_MS)).toEqual([])
})

test('offers to somebody, oldest first', () => {
  const offer = (offer_id: string, to_person_id: string, at: number): RosterRow['offer'] => ({ offer_id, to_person_id, lines: ['一'], at })
  const told = offeredTo(rows({ offer: offer('o2', 'bao', AT + 1) }, { offer: offer('o1', 'bao', AT) }, { offer: offer('o3', 'pei', AT) }, {}), 'bao')
  expect(told.map((one) => one.offer?.offer_id)).toEqual(['o1', 'o2'])
})

test('lines that say something, and calls with one of one’s own', () => {
  expect(linesOf(' 一\n\n 二 \n')).toEqual(['一', '二'])
  expect(callsWith(1200)).toContain(1200)
  expect(callsWith(900)).toEqual(callsWith(0))
})
