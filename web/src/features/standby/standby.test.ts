import { expect, it } from 'vitest'
import type { ListedShowRow, Reply, StandbyRow } from '@/api'
import { ELSEWHERE_MAX, isLate, isStale, lackingOf, LATE_MS, mineOf, onAirElsewhere, saidOf } from './standby'

const reply = (role_id: string, more: Partial<Reply> = {}): Reply => ({ role_id, people: [role_id], answer: '', reason: '', by: '', at: 0, seen_at: 0, changed: false, ...more })
const call = (cue_id: string, more: Partial<StandbyRow> = {}): StandbyRow => ({ cue_id, word: 'standby', by: 'lin', asked_at: 0, state: 'open', ended_at: 0, replies: [reply('host'), reply('tech')], ready: 0, asked: 2, missing: ['host', 'tech'], uncovered: [], says: {}, ...more })

it('shows what is open and mine: a standby before a warning, then as the rundown goes', () => {
  const rows = [call('c1', { word: 'warning' }), call('c3', { asked_at: 1 }), call('c2', { asked_at: 5 }), call('c0', { state: 'went' })]
  const place = (cueId: string): number => Number(cueId.slice(1))
  expect(mineOf(rows, 'host', place).map((one) => [one.call.cue_id, one.reply.role_id])).toEqual([['c2', 'host'], ['c3', 'host'], ['c1', 'host']])
  expect(mineOf(rows, 'new', place)).toEqual([])
})

it('tells who makes everybody wait from who is silent, and a role nobody is in from both', () => {
  const replies = [reply('host', { answer: 'wait', reason: '麥' }), reply('tech'), reply('ops', { people: [] })]
  expect(lackingOf(call('c', { replies, missing: ['host', 'tech'], uncovered: ['ops'] }))).toEqual({ waits: ['host'], silent: ['tech'], uncovered: ['ops'] })
  expect(lackingOf(undefined)).toEqual({ waits: [], silent: [], uncovered: [] })
  expect(saidOf(reply('tech', { changed: true }))).toBe('changed')
  expect(saidOf(reply('tech', { changed: true, answer: 'ready' }))).toBe('ready')
  expect([isStale(reply('tech', { changed: true, answer: 'seen' })), isStale(reply('tech', { changed: true, answer: 'wait' })), isStale(reply('tech'))]).toEqual([true, false, false])
})

it('says a role nobody is in apart from one that did not look yet, and waits for nobody there', () => {
  expect(saidOf(reply('tech', { people: [] }))).toBe('nobody')
  expect(saidOf(reply('tech'))).toBe('none')
  expect(saidOf(reply('tech', { answer: 'wait' }))).toBe('wait')
  expect(isLate(call('c'), reply('tech'), LATE_MS + 1)).toBe(true)
  expect(isLate(call('c'), reply('tech', { people: [] }), LATE_MS + 1)).toBe(false)
  expect(isLate(call('c', { word: 'warning' }), reply('tech'), LATE_MS + 1)).toBe(false)
  expect(isLate(call('c'), reply('tech', { answer: 'ready' }), LATE_MS + 1)).toBe(false)
})

it('asks elsewhere of the shows on air, those that are no show last, and of no more than a line has room for', () => {
  const show = (show_id: string, more: Partial<ListedShowRow> = {}): ListedShowRow => ({ show_id, state: 'live', starts_at: 0, ...more }) as ListedShowRow
  const shows = [show('drill', { rehearsal: true, starts_at: 9 }), show('here'), show('old', { starts_at: 1 }), show('new', { starts_at: 2 }), show('planned', { state: 'planned' })]
  expect(onAirElsewhere(shows, 'show/here', 3).map((one) => one.show_id)).toEqual(['new', 'old', 'drill'])
  expect(onAirElsewhere(Array.from({ length: 9 }, (_, no) => show(`s${no}`)), null, 0)).toHaveLength(ELSEWHERE_MAX)
})
