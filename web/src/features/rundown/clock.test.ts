import { describe, expect, it } from 'vitest'
import type { ClockRow, CueRow, OnAirRow } from '@/api/rows'
import { countdownText, decodeClock, expectedAt, inOrder, leftMs, offsetMs, offsetText, overrunMs, pace, spanText } from './clock'

const block = (over: Partial<ClockRow> = {}): ClockRow => ({
  planned_base: 1_000_000,
  projected_base: 2_000_000,
  planned_ms: [0, 60_000],
  projected_ms: [0, 61_000],
  length_ms: [60_000, 30_000],
  slack_ms: [0, 5_000],
  overlap_ms: [0, 0],
  ...over,
})

const onAir = (over: Partial<OnAirRow> = {}): OnAirRow => ({
  state: 'running', cue_id: 'c1', cue_no: 1, cue_count: 2, next_cue_id: 'c2', title: '開場', next_title: '精華',
  went_at: 0, due_at: 100_000, left_ms: null, length_ms: 100_000, added_ms: 0, offset_ms: 20_000,
  relative_offset_ms: 0, started_at: 0, planned_end_at: 0, projected_end_at: 0, pass_id: 'p', ...over,
})

describe('decodeClock', () => {
  it('reads instants as base plus offset, 32 cues to a block', () => {
    const many = Array.from({ length: 32 }, (_, i) => i * 1000)
    const rows = new Map([
      ['1', block({ planned_base: 5_000_000 })],
      ['0', block({ planned_ms: many, projected_ms: many, length_ms: many, slack_ms: many, overlap_ms: many })],
    ])
    const timings = decodeClock(rows)
    expect(timings).toHaveLength(34)
    expect(timings[31]?.plannedAt).toBe(1_031_000)
    expect(timings[33]).toEqual({ plannedAt: 5_060_000, projectedAt: 2_061_000, lengthMs: 30_000, slackMs: 5_000, overlapMs: 0 })
  })

  it('is empty before the first block came', () => expect(decodeClock(new Map())).toEqual([]))
  it('never gives a cue the times of another when a block is missing', () => {
    expect(decodeClock(new Map([['1', block()]]))).toEqual([])
  })
})

describe('an overrun', () => {
  const [first, second] = decodeClock(new Map([['0', block()]]))

  it('moves a cue only by what slack does not absorb', () => {
    expect(expectedAt(first!, 8_000)).toBe(2_008_000)
    expect(expectedAt(second!, 4_000)).toBe(2_061_000)
    expect(expectedAt(second!, 8_000)).toBe(2_064_000)
  })
  it('never moves a hard start', () => expect(expectedAt({ ...first!, slackMs: -1 }, 99_000)).toBe(2_000_000))
  it('is nothing before the cue is due, while held, and when nothing runs', () => {
    expect(overrunMs(onAir(), 99_999)).toBe(0)
    expect(overrunMs(onAir({ state: 'held', due_at: null, left_ms: 500 }), 999_999)).toBe(0)
    expect(overrunMs(undefined, 1)).toBe(0)
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
  expect([999, -999, 65_000, -130_000].map(offsetText)).toEqual(['0:00', '0:00', '+1:05', '−2:10'])
})

it('orders cues by rank as code units, not by language', () => {
  const cue = (rank: string): CueRow => ({ rank }) as CueRow
  expect(inOrder([cue('a1'), cue('Zz'), cue('a0V')]).map((row) => row.rank)).toEqual(['Zz', 'a0V', 'a1'])
})
