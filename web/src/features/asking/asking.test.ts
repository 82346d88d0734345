import { expect, test } from 'vitest'
import type { RequestRow, ToldRow } from '@/api'
import { newsFor, partOf, TOLD_MS, toSee } from './asking'

const row = (more: Partial<RequestRow> = {}): RequestRow => ({
  request_id: '3', command: 'promo.approve', duty: 'promo.approve', about: ['面膜'], person_id: 'lin', role_id: 'director', asked_at: 0, until: 60_000,
  state: 'open', waiting: ['operations'], on_duty: [], answers: ['owner'], overdue: false, by: 'lin', at: 0, reason: '', code: '', data: {}, why: '', ...more,
})
const lin = { person_id: 'lin', roles: ['director'] }
const zhe = { person_id: 'zhe', roles: ['operations'] }
const yu = { person_id: 'yu', roles: ['operations'] }
const mei = { person_id: 'mei', roles: ['owner'] }

test('who asked waits, who is on duty of those asked answers', () => {
  expect([lin, zhe, yu, mei].map((me) => partOf(row({ on_duty: ['zhe'] }), me, 0))).toEqual(['waits', 'asked', '', ''])
})
test('when nobody is on duty it is for all who hold the role', () => {
  expect([zhe, yu].map((me) => partOf(row(), me, 0))).toEqual(['asked', 'asked'])
})
test('from the deadline on it is also of who answers for it', () => {
  expect([mei, zhe].map((me) => partOf(row(), me, 60_000))).toEqual(['overdue', 'asked'])
})
test('a no is told to who asked, for a while', () => {
  const no = row({ state: 'declined', at: 1 })
  expect([partOf(no, lin, 2), partOf(no, zhe, 2), partOf(no, lin, TOLD_MS + 1), partOf(row({ state: 'ran' }), lin, 2)]).toEqual(['told', '', '', ''])
})
test('of a show and of the house, oldest first', () => {
  const late = row({ request_id: '4', asked_at: 9 })
  expect(toSee([['show/s1', new Map([['4', late]])], ['workspace/main', new Map([['3', row()]])]], zhe, 0).map((one) => one.stream)).toEqual(['workspace/main', 'show/s1'])
})

test('one is told of what others do from now on, the newest of it', () => {
  const did = (duty: string, person_id = 'lin'): ToldRow => ({ duty, person_id, role_id: 'director', roles: ['operations'], at: 0 })
  const rows = new Map([['9', did('a')], ['10', did('b')], ['11', did('c', 'zhe')]])
  expect([newsFor(rows, zhe, 8)?.duty, newsFor(rows, zhe, 10), newsFor(rows, zhe, -1), newsFor(rows, mei, 8)]).toEqual(['b', undefined, undefined, undefined])
})
