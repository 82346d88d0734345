import { describe, expect, it } from 'vitest'
import type { TileRow } from '@/api'
import { evidenceText } from '@/words/evidence'
import { unmeasuredText, untoldText } from '@/words/untold'
import { ageOf, axisTimes, everyMinute, figureText, GROUPS, KEY_FIGURES, markedText, namesOf, pastOf, reached, spanOf, sparkPoints, throughOf, wholeMinutes } from './figures'

const tile = (last: number | null, before: number | null): TileRow => ({
  value: 1, last_10: last, prev_10: before, change: null, unit: 'count', currency: 'TWD', at: 0, numerator: null, denominator: null, median_7: null, median_shows: 0, median_same_time: false, target: null, error: 0, mixed: [], as_of: 0, final_at: null, untold: [], untold_windows: [], partly: false, instead: '',
})

describe('figures', () => {
  it('writes each unit as people read it', () => {
    expect(figureText(29900, 'minor', 'TWD')).toBe('NT$299')
    expect(figureText(0.0529, 'ratio', 'TWD')).toBe('5.3%')
    expect(figureText(null, 'minor', 'TWD')).toBe('—')
  })
  it('writes times, lengths and means as such', () => {
    expect(figureText(2.166, 'times', 'TWD')).toBe('2.17')
    expect(figureText(170.3, 'seconds', 'TWD')).toBe('2:50')
    expect(figureText(33.44, 'number', 'TWD')).toBe('33.4')
  })
  it('says how far a target is reached, and nothing without one', () => {
    expect(reached({ ...tile(1, 1), value: 30, target: 40 })).toBe(0.75)
    expect(reached(tile(1, 1))).toBeNull()
  })
  it('shows every figure of the book in some group', () => {
    const shown = new Set(GROUPS.flatMap((group) => [...namesOf(group)]))
    expect(KEY_FIGURES.filter((name) => !shown.has(name))).toEqual([])
    expect(shown.size).toBeGreaterThan(45)
  })
  it('draws a spark within its box', () => {
    expect(sparkPoints([0, 10], 20, 10)).toBe('0.0,9.0 20.0,1.0')
    expect(sparkPoints([1], 20, 10)).toBe('')
  })
  it('draws minutes in which nothing happened', () => {
    const point = (minute: number, online: number, comments: number) => ({ minute, online, comments, gmv_paid_minor: 5, gmv_created_minor: 0, orders_paid: 0, orders_created: 0 })
    const drawn = everyMinute([point(7, 30, 4), point(10, 20, 1)])
    expect(drawn.map((p) => [p.minute, p.online, p.comments, p.gmv_paid_minor])).toEqual([[7, 30, 4, 5], [8, 30, 0, 0], [9, 30, 0, 0], [10, 20, 1, 5]])
    expect(everyMinute([])).toEqual([])
  })
})

it('does not take a minute that is not over for a whole one', () => {
  const points = [7, 8].map((minute) => ({ minute, online: 1, comments: 1, gmv_paid_minor: 1, gmv_created_minor: 1, orders_paid: 1, orders_created: 1 }))
  expect([wholeMinutes(points, 8 * 60_000 + 59_999), wholeMinutes(points, 9 * 60_000), wholeMinutes(points), wholeMinutes([], 5)]).toEqual([1, 2, 2, 0])
})

it('says how old a figure is only while the show runs and it is old', () => {
  expect([ageOf(1_000, 61_000, true), ageOf(1_000, 61_001, true), ageOf(1_000, 900_000, false), ageOf(0, 900_000, true)]).toEqual([null, 60_001, null, null])
})

it('says whether earlier shows are compared by now or whole', () => {
  const then = { median_same_time: true } as TileRow
  const whole = { median_same_time: false } as TileRow
  expect(pastOf('gmv_paid', then)).toBe('median_then')
  expect(pastOf('uv', whole)).toBe('median_whole')
  expect(pastOf('conversion', whole)).toBe('median')
})

describe('the funnel', () => {
  it('has no share of more than all, and marks it', () => {
    expect(throughOf(3, 4)).toEqual({ share: 0.75, mixed: false })
    expect(throughOf(5, 3)).toEqual({ share: null, mixed: true })
    expect(throughOf(5, 0)).toEqual({ share: null, mixed: false })
  })
})

it('draws nothing where no source tells of it, and no nought', () => {
  const point = (minute: number) => ({ minute, online: null, comments: null, gmv_paid_minor: 5, gmv_created_minor: 0, orders_paid: 0, orders_created: 0 })
  expect(everyMinute([point(7), point(9)]).map((p) => [p.minute, p.online, p.comments])).toEqual([[7, null, null], [8, null, null], [9, null, null]])
})

it('says why a figure has no value', () => {
  const say = (key: string, named?: Record<string, unknown>) => (named ? `${key}(${String(named['what'])})` : key)
  expect([untoldText([], say), unmeasuredText([], say)]).toEqual(['', ''])
  expect(untoldText(['click', 'view'], say)).toBe('metric.untold(metric.told.clickmetric.andmetric.told.view)')
  expect([untoldText(['buyer'], say), unmeasuredText(['buyer'], say), unmeasuredText(['enter'], say)]).toEqual(['metric.nameless', 'metric.unclear', 'metric.unmeasured'])
  expect(untoldText(['enter', 'leave'], say)).toBe('metric.untold(metric.told.enter)　metric.unleft')
  expect(evidenceText({ metric: 'online', unit: 'count', value: null, seq: 1 }, 'TWD', say)).toBe('metric.unmeasured')
})

it('a share of two crowds has the mark, and where it is no share both its counters stand there', () => {
  const both = (): string => '11 / 10'
  expect(markedText('20 %', 0.2, false, both)).toBe('20 %')
  expect(markedText('20 %', 0.2, true, both)).toBe('20 % ▲')
  expect(markedText('—', null, true, both)).toBe('11 / 10 ▲')
  expect(markedText('—', null, false, both)).toBe('—')
})

it('a chart says no time before there is a minute, and a first minute is drawn as ten', () => {
  const first = Date.UTC(2026, 10, 28, 12) / 1000
  expect(axisTimes([0, 60, first], 'Asia/Taipei')).toEqual(['', '', '20:00'])
  expect(spanOf(1, first, first + 86_400)).toEqual([first, first + 600])
  expect(spanOf(20, first, first + 1_140)).toEqual([first, first + 1_140])
})
