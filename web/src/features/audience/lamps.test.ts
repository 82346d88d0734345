import { expect, it } from 'vitest'
import type { SourceRow } from '@/api'
import { byUrgency, coverage, lampState, troubles } from './lamps'

const source = (more: Partial<SourceRow> = {}): SourceRow => ({
  source: 'a', room: '', events: 90, comments: 9, duplicates: 0, late: 0, missed: null, lag_ms: 200, first_at: 0, last_at: 100_000, sealed_at: 100_000,
  usual_ms: 250, quiet_after_ms: 5_000, silent_ms: 0, outages: 0, moderates: false, replies: false, open: true, finished_at: null, beats: false, misses: true, refused: 0, refused_codes: {}, skew_ms: 0, moved: 0, behind_ms: 0, orders: 0, before_air: 0, ...more,
})

it('goes out when a source is silent for longer than is its way, not before', () => {
  expect(lampState(source(), 105_000)).toBe('good')
  expect(lampState(source(), 105_001)).toBe('out')
  expect(lampState(source({ quiet_after_ms: 60_000 }), 150_000)).toBe('good')
})
it('calls a source that seldom speaks quiet, not broken, unless it promised a sign of life', () => {
  const seldom = { usual_ms: 12_000, quiet_after_ms: 60_000, misses: false }
  expect(lampState(source(seldom), 161_000)).toBe('quiet')
  expect(lampState(source({ ...seldom, beats: true, misses: true }), 161_000)).toBe('out')
  expect(coverage(source(seldom), 200_000).time).toBe(1)
})
it('rests when the show is over, and says when a source runs behind', () => {
  expect(lampState(source({ open: false }), 900_000)).toBe('rest')
  expect(lampState(source({ lag_ms: 5_001 }), 100_000)).toBe('late')
})
it('rests when a source said that it is at its end, and its silence is not held against it', () => {
  const over = source({ finished_at: 100_000 })
  expect(lampState(over, 900_000)).toBe('over')
  expect(coverage(over, 900_000).time).toBe(1)
  expect(byUrgency([over, source({ source: 'b', sealed_at: 899_000 })], 900_000).map((one) => one.source)).toEqual(['b', 'a'])
})
it('tells coverage by time, with the silence that lasts, and by items only where the source knows', () => {
  expect(coverage(source({ silent_ms: 25_000 }), 100_000)).toEqual({ time: 0.75, items: null })
  expect(coverage(source(), 200_000).time).toBe(0.5)
  expect(coverage(source({ missed: 10 }), 100_000).items).toBe(0.9)
  expect(coverage(source({ open: false }), 900_000).time).toBe(1)
})
it('puts first what needs a look', () => {
  const rows = [source(), source({ source: 'b', lag_ms: 9_000 }), source({ source: 'c', first_at: -60_000, sealed_at: 0 })]
  expect(byUrgency(rows, 100_000).map((one) => one.source)).toEqual(['c', 'b', 'a'])
})
it('does not put a single request by hand in front of the source that works, nor call its silence an outage', () => {
  const me = source({ source: 'me', first_at: 10_000, sealed_at: 10_005 })
  expect(lampState(me, 100_000)).toBe('quiet')
  expect(byUrgency([me, source({ source: 'shop' })], 100_000).map((one) => one.source)).toEqual(['shop', 'me'])
  expect(lampState({ ...me, beats: true }, 100_000)).toBe('out')
  expect(lampState({ ...me, sealed_at: 20_000 }, 100_000)).toBe('out')
})
it('says whose clock runs ahead and what could not be taken, and nothing when all is well', () => {
  expect(troubles(source())).toBe(null)
  const none = { skew_ms: 0, behind_ms: 0, before_air: 0, refused: 0 }
  expect(troubles(source({ skew_ms: 90_000 }))).toEqual({ ...none, skew_ms: 90_000 })
  expect(troubles(source({ behind_ms: 90_000 }))).toEqual({ ...none, behind_ms: 90_000 })
  expect(troubles(source({ before_air: 2 }))).toEqual({ ...none, before_air: 2 })
  expect(troubles(source({ refused: 3 }))).toEqual({ ...none, refused: 3 })
})
