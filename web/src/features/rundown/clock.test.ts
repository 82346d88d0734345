import { describe, expect, it } from 'vitest'
import type { ClockRow, CueRow, OnAirRow } from '@/api'
import { countdownText, decodeClock, expectedAt, expectedEnd, expectedLength, inOrder, leftMs, offsetMs, offsetText, offsetWay, overrunMs, pace, spanText } from './clock'

const lengths = (...ms: number[]): ClockRow => ({ begins_at: 0, length_ms: ms, marks: [] })
const head = (at: number, ...marks: ClockRow['marks']): ClockRow => ({ begins_at: at, length_ms: [], marks })

const onAir = (over: Partial<OnAirRow> = {}): OnAirRow => ({
  state: 'running', cue_id: 'c1', cue_no: 1, cue_count: 2, next_cue_id: 'c2', next_product_id: null, title: '開場', next_title: '精華',
  went_at: 0, due_at: 100_000, left_ms: null, length_ms: 100_000, added_ms: 0, offset_ms: 20_000,
  relative_offset_ms: 0, started_at: 0, planned_end_at: 0, projected_end_at: 0, pass_id: 'p',
  held_at: null, end_slack_ms: 0, undo_until: null, begins_at: null, begins_slack_ms: 0, ...over,
})

describe('decodeClock', () => {
  it('adds lengths and waits up, across blocks, with the slack of the last mark', () => {
    const rows = new Map([
      ['planned', head(1_000_000)], ['projected', head(2_000_000, [32, 500, 5_000, 0], [33, -400, -1, 400])],
      ['1', lengths(60_000, 30_000)], ['0', lengths(...Array.from({ length: 32 }, () => 1_000))],
    ])
    const timings = decodeClock(rows)
    expect(timings).toHaveLength(34)
    expect(timings[31]).toEqual({ plannedAt: 1_031_000, projectedAt: 2_031_000, lengthMs: 1_000, slackMs: 0, overlapMs: 0 })
    expect(timings[32]).toEqual({ plannedAt: 1_032_000, projectedAt: 2_032_500, lengthMs: 60_000, slackMs: 5_000, overlapMs: 0 })
    expect(timings[33]).toEqual({ plannedAt: 1_092_000, projectedAt: 2_092_100, lengthMs: 30_000, slackMs: -1, overlapMs: 400 })
  })
  it('reads the lengths of the plan where they differ', () => {
    const rows = new Map([['planned', head(0)], ['projected', head(0)], ['0', lengths(5, 5)], ['planned 0', lengths(9, 5)]])
    expect(decodeClock(rows).map((timing) => timing.plannedAt)).toEqual([0, 9])
  })
  it('is empty before the first block came', () => expect(decodeClock(new Map())).toEqual([]))
  it('never gives a cue the times of another when a block is missing', () => {
    expect(decodeClock(new Map([['planned', head(0)], ['projected', head(0)], ['1', lengths(1)]]))).toEqual([])
  })
})

describe('an overrun', () => {
  const [first, second] = decodeClock(new Map([
    ['planned', head(1_000_000)], ['projected', head(2_000_000, [1, 1_000, 5_000, 0])], ['0', lengths(60_000, 30_000)],
  ]))

  it('moves a cue only by what slack does not absorb', () => {
    expect(expectedAt(first!, 8_000)).toBe(2_008_000)
    expect(expectedAt(second!, 4_000)).toBe(2_061_000)
    expect(expectedAt(second!, 8_000)).toBe(2_064_000)
  })
  it('never moves a hard start', () => expect(expectedAt({ ...first!, slackMs: -1 }, 99_000)).toBe(2_000_000))
  it('is nothing before the cue is due and when nothing runs, and grows while held', () => {
    expect(overrunMs(onAir(), 99_999)).toBe(0)
    expect(overrunMs(onAir({ state: 'held', due_at: null, left_ms: 500, held_at: 60_000 }), 64_000)).toBe(4_000)
    expect(overrunMs(undefined, 1)).toBe(0)
  })
  it('moves the end by what slack does not absorb, and never a hard end', () => {
    expect(expectedEnd(onAir({ projected_end_at: 500_000, end_slack_ms: 3_000 }), 5_000)).toBe(502_000)
    expect(expectedEnd(onAir({ projected_end_at: 500_000, end_slack_ms: -1 }), 5_000)).toBe(500_000)
  })
  it('keeps the overtime that a cue was held in', () => {
    const held = onAir({ state: 'held', due_at: null, left_ms: -60_000, held_at: 160_000, projected_end_at: 500_000 })
    expect(overrunMs(held, 165_000)).toBe(65_000)
    expect(offsetMs(held, 165_000)).toBe(85_000)
    expect(expectedEnd(held, overrunMs(held, 165_000))).toBe(565_000)
  })
  it('does not let a cue that counts to its end stand while it is held', () => {
    const held = onAir({ state: 'held', held_at: 40_000 })
    expect([leftMs(held, 70_000), overrunMs(held, 70_000), overrunMs(held, 101_000)]).toEqual([30_000, 0, 1_000])
  })
  it('is how long the first GO of a show on air is overdue', () => {
    const before = onAir({ state: 'before', cue_id: null, went_at: null, due_at: null, offset_ms: 0, projected_end_at: 500_000, begins_at: 100_000 })
    expect([offsetMs(before, 90_000), leftMs(before, 130_000), overrunMs(before, 130_000)]).toEqual([0, null, 30_000])
    expect([offsetMs(before, 130_000), expectedEnd(before, 30_000)]).toEqual([30_000, 530_000])
    expect(offsetMs({ ...before, begins_slack_ms: 20_000 }, 130_000)).toBe(10_000)
    expect(offsetMs({ ...before, begins_at: null }, 130_000)).toBe(0)
  })
  it('shortens a cue that counts to its end, and no other', () => {
    const cue = { start_mode: 'count_to_end' as const, start_at: 2_000_000, duration_ms: 60_000 }
    expect(expectedLength(cue, first!, 20_000)).toBe(40_000)
    expect(expectedLength(cue, first!, 90_000)).toBe(0)
    expect(expectedLength({ ...cue, start_mode: 'soft', start_at: null }, first!, 20_000)).toBe(60_000)
  })
  it('adds to the offset', () => {
    expect(offsetMs(onAir(), 90_000)).toBe(20_000)
    expect(offsetMs(onAir(), 103_000)).toBe(23_000)
  })
})

describe('the countdown', () => {
  it('counts to due, below zero, and stands while held', () => {
    expect(leftMs(onAir(), 40_000)).toBe(60_000)
    expect(leftMs(onAir(), 101_000)).toBe(-1_000)
    expect(leftMs(onAir({ state: 'held', due_at: null, left_ms: 7_000 }), 1e9)).toBe(7_000)
    expect(leftMs(onAir({ state: 'before', due_at: null }), 5)).toBeNull()
  })
  it('rounds up while time is left, and down once it is over', () => {
    expect(countdownText(59_001)).toBe('1:00')
    expect(countdownText(1)).toBe('0:01')
    expect(countdownText(0)).toBe('0:00')
    expect(countdownText(-999)).toBe('0:00')
    expect(countdownText(-18_500)).toBe('−0:18')
    expect(countdownText(null)).toBe('–:––')
  })
  it('warns in the last thirty seconds, zero included', () => {
    expect([30_001, 30_000, 0, -1, null].map(pace)).toEqual(['plenty', 'warning', 'warning', 'over', 'none'])
  })
})

it('writes spans and offsets with their sign', () => {
  expect(spanText(3_725)).toBe('1:02:05')
  expect([999, -999, 65_000, -130_000].map(offsetText)).toEqual(['0:00', '0:00', '1:05', '2:10'])
  expect([999, -999, 1000, -1000].map(offsetWay)).toEqual(['on_time', 'on_time', 'behind', 'ahead'].map((way) => `rundown.offset.${way}`))
})

it('orders cues by rank as code units, not by language', () => {
  const cue = (rank: string): CueRow => ({ rank }) as CueRow
  expect(inOrder([cue('a1'), cue('Zz'), cue('a0V')]).map((row) => row.rank)).toEqual(['Zz', 'a0V', 'a1'])
})
