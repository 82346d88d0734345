import { expect, it } from 'vitest'
import type { Reply, StandbyRow } from '@/api'
import { isLate, LATE_MS, mineOf, saidOf } from './standby'

const reply = (role_id: string, more: Partial<Reply> = {}): Reply => ({ role_id, people: [role_id], answer: '', reason: '', by: '', at: 0, seen_at: 0, ...more })
const call = (cue_id: string, more: Partial<StandbyRow> = {}): StandbyRow => ({ cue_id, word: 'standby', by: 'lin', asked_at: 0, state: 'open', ended_at: 0, replies: [reply('host'), reply('tech')], ready: 0, asked: 2, missing: ['host', 'tech'], ...more })

it('shows what is open and mine, in the order it was asked', () => {
  const rows = [call('late', { asked_at: 5 }), call('first'), call('gone', { state: 'went' })]
  expect(mineOf(rows, 'host').map((one) => [one.call.cue_id, one.reply.role_id])).toEqual([['first', 'host'], ['late', 'host']])
  expect(mineOf(rows, 'new')).toEqual([])
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
