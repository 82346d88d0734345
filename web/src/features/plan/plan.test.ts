import { describe, expect, it } from 'vitest'
import type { Cue, ProductCard, ShowRow } from '@/api'
import { blankCue, cellValue, changesOf, clockText, editText, type PlanContext } from './cueCells'
import { durationText, parseDuration } from './duration'
import { headChanges } from './headEdit'
import { fromDay, instantOf, localDay, parseClock } from './instants'
import { pastedChanges, pastedCue, planPaste } from './pasting'
import { behind, forbiddenWords, gapAbove, lengthOf } from './lengths'

const MINUTE = 60_000
const START = Date.UTC(2026, 10, 28, 12) // 20:00 in Taipei
const card = (product_id: string, name: string): ProductCard => ({
  product_id, name, currency: 'TWD', variants: [], item_type: '', cost_minor: null, list_price_minor: 48_000, live_price_minor: 29_900,
  price_minor: 29_900, gift: '', stock: 10, stock_left: 10, per_buyer_limit: null, selling_points: [], doubts: [], certificates: [],
  must_not_say: [], pinned: false, on_air: false, sold_out: false, coupon: null, coupon_price_minor: null, oversold: 0, limit: null, promo_kinds: [], unsaid: [], promo_price_minor: null, variants_stock: null, stock_few: false, sizes: [],
})
const ctx: PlanContext = {
  zone: 'Asia/Taipei', startsAt: START, currency: 'TWD', plannedAt: START + 10 * MINUTE,
  products: new Map([['A01', card('A01', '潔面乳')], ['A02', card('A02', '面膜')]]),
  words: { cue_type: { draw: '抽獎' }, start_mode: { hard: '準點' }, item_type: { hero: '主推' } },
}
const cue = (over: Partial<Cue> = {}): Cue => ({ ...blankCue('c1', '講解'), ...over })
const show: ShowRow = {
  show_id: 's', title: '專場', state: 'planned', starts_at: START, ends_at: START + 60 * MINUTE, timezone: 'Asia/Taipei', currency: 'TWD',
  goal_gmv_minor: 1, theme: '', channel: '', crew: [], aired_at: null, ended_at: null, rehearsal: false, simulated: false,
}

describe('a length of time', () => {
  it.each([
    ['10', 600], ['10.5', 630], ['10:00', 600], ['90s', 90], ['1h', 3600], ['1h30m', 5400], ['1:02:05', 3725], ['１０：００', 600], ['5 分', 300],
    ['1小時 20分鐘', 4800], ['90 秒', 90], ['0', 0],
  ])('%s is %i seconds', (text, seconds) => {
    expect(parseDuration(text)).toBe(seconds * 1000)
  })
  it.each(['', 'abc', '10:75', '5m1h', '1h1h', '-5', '1:60:00', '25h', '10 min x'])('does not guess at %j', (text) => {
    expect(parseDuration(text)).toBeNull()
  })
  it('reads back what it writes', () => {
    for (const ms of [0, 1000, 90_000, 600_000, 3_725_000]) expect(parseDuration(durationText(ms))).toBe(ms)
  })
})

describe('a clock time of a show at 20:00 in Taipei', () => {
  it.each([
    ['20:30', 30], ['2030', 30], ['25:10', 310], ['翌日 01:10', 310], ['01:10', 310], ['19:50', -10], ['２０：３０', 30],
  ])('%s is %i minutes after the start', (text, minutes) => {
    expect(parseClock(text, 'Asia/Taipei', START)).toBe(START + minutes * MINUTE)
  })
  it.each(['', '20', '20:61', '48:00', 'soon'])('does not guess at %j', (text) => {
    expect(parseClock(text, 'Asia/Taipei', START)).toBeNull()
  })
  it('writes past midnight in hours over 24, and reads it back', () => {
    expect(clockText(START + 310 * MINUTE, ctx)).toBe('25:10')
    expect(parseClock('25:10', 'Asia/Taipei', START)).toBe(START + 310 * MINUTE)
  })
  it('is right over a change of summer time', () => {
    const before = { year: 2026, month: 10, day: 24, hour: 22, minute: 0, second: 0 } // Berlin, clocks go back in this night
    const start = instantOf(before, 'Europe/Berlin')
    expect(parseClock('04:00', 'Europe/Berlin', start)).toBe(start + 7 * 60 * MINUTE)
    expect(fromDay(localDay(start, 'Europe/Berlin'), '22:00', 'Europe/Berlin')).toBe(start)
    expect(fromDay('2026-10-24', '25:00', 'Europe/Berlin')).toBeNull()
    expect(fromDay(localDay(start, 'Europe/Berlin'), '22:00:18', 'Europe/Berlin')).toBe(start + 18_000) // planned to the second elsewhere
    expect(fromDay('2026-10-24', '22:00:60', 'Europe/Berlin')).toBeNull()
  })
})

describe('a cell', () => {
  it('takes back what its editor starts with', () => {
    const full = cue({ duration_ms: 90_000, start_mode: 'hard', start_at: START, host_lines: ['甲', '乙'], must_not_say: ['最'], goal_gmv_minor: 150_050, product_id: 'A01' })
    for (const column of ['title', 'duration_ms', 'cue_type', 'start_at', 'product_id', 'host_lines', 'must_not_say', 'goal_gmv_minor'] as const) {
      expect(cellValue(editText(full[column], column, ctx), column, ctx)).toEqual({ value: full[column] })
    }
  })
  it('knows words of choices and products by id or name', () => {
    expect(cellValue('抽獎', 'cue_type', ctx)).toEqual({ value: 'draw' })
    expect(['主推款', '寵粉款', '高客單', 'Giveaway'].map((word) => cellValue(word, 'item_type', ctx))).toEqual(['hero', 'welfare', 'image', 'welfare'].map((value) => ({ value })))
    expect(cellValue('a02', 'product_id', ctx)).toEqual({ value: 'A02' })
    expect(cellValue('面膜', 'product_id', ctx)).toEqual({ value: 'A02' })
    expect(cellValue('Z9', 'product_id', ctx)).toEqual({ wrong: 'product' })
  })
  it('keeps host lines at three', () => {
    expect(cellValue('甲；乙\n丙', 'host_lines', ctx)).toEqual({ value: ['甲', '乙', '丙'] })
    expect(cellValue('甲\n乙\n丙\n丁', 'host_lines', ctx)).toEqual({ wrong: 'lines' })
  })
  it('reads amounts in major units', () => {
    expect(cellValue('NT$1,490元', 'goal_gmv_minor', ctx)).toEqual({ value: 149_000 })
    expect(cellValue('18萬', 'goal_gmv_minor', ctx)).toEqual({ value: 18_000_000 })
  })
})

describe('start mode and start time go together', () => {
  it('a time typed for a soft cue fixes it', () => {
    expect(changesOf(cue(), 'start_at', START, ctx)).toEqual([
      { field: 'start_at', was: null, to: START }, { field: 'start_mode', was: 'soft', to: 'hard' },
    ])
  })
  it('a fixed start begins with the planned time', () => {
    expect(changesOf(cue(), 'start_mode', 'hard', ctx)).toContainEqual({ field: 'start_at', was: null, to: START + 10 * MINUTE })
  })
  it('a soft cue has no time', () => {
    const hard = cue({ start_mode: 'hard', start_at: START })
    expect(changesOf(hard, 'start_mode', 'soft', ctx)).toContainEqual({ field: 'start_at', was: START, to: null })
  })
})

describe('a pasted block', () => {
  const columns = ['planned_at', 'duration_ms', 'title', 'product_id', 'start_mode', 'start_at']
  it('changes cues from the active cell on, and adds cues beyond the last', () => {
    const plan = planPaste([['5', '開場'], ['abc', '收尾'], ['', '']], [cue()], 0, columns, 'duration_ms', ctx)
    expect(plan).toMatchObject({ changes: 1, added: 1, wrong: 1, beyond: 0 })
    expect(plan.rows[0]?.cells[0]?.changed).toBe(false)
    expect(pastedCue(plan.rows[1]!, 'c9', '新環節', ctx)).toMatchObject({ cue_id: 'c9', title: '收尾', duration_ms: 300_000 })
  })
  it('passes over calculated columns and says what stands beyond the table', () => {
    const plan = planPaste([['20:00', '10', 'x', '', '', '', 'lost']], [cue()], 0, columns, 'planned_at', ctx)
    expect(plan).toMatchObject({ wrong: 0, beyond: 1 })
  })
  it('lets a later column see what an earlier one did', () => {
    const plan = planPaste([['準點', '20:30']], [cue()], 0, columns, 'start_mode', ctx)
    expect(pastedChanges(plan.rows[0]!, cue(), ctx)).toEqual([
      { field: 'start_mode', was: 'soft', to: 'hard' }, { field: 'start_at', was: null, to: START + 30 * MINUTE },
    ])
  })
})

describe('the length of a plan', () => {
  const timings = [
    { plannedAt: START, lengthMs: 10 * MINUTE, overlapMs: 0 },
    { plannedAt: START + 15 * MINUTE, lengthMs: 20 * MINUTE, overlapMs: 0 },
  ]
  it('measures the plan against the show, gaps included', () => {
    expect(lengthOf(timings, show)).toEqual({ plannedMs: 35 * MINUTE, showMs: 60 * MINUTE, overlaps: 0, gaps: 1, apartMs: 0 })
    expect(gapAbove(timings, 1)).toBe(5 * MINUTE)
  })
  it('tells how far from the start of the show the first cue is', () => {
    const moved = timings.map((one) => ({ ...one, plannedAt: one.plannedAt + 24 * 60 * MINUTE }))
    expect(lengthOf(moved, show)).toMatchObject({ gaps: 2, apartMs: 24 * 60 * MINUTE })
    expect(gapAbove([{ plannedAt: START + 5 * MINUTE, lengthMs: MINUTE, overlapMs: 0 }], 0, START)).toBe(5 * MINUTE)
  })
  it('knows which fixed times stay behind', () => {
    const cues = [cue({ start_mode: 'hard', start_at: START }), cue({ cue_id: 'c2' })]
    expect(behind(cues, START, START, 30 * MINUTE)).toBe(1)
    expect(behind(cues, START, START, 0)).toBe(0)
    expect(behind(cues, START + 30 * MINUTE, START, 30 * MINUTE)).toBe(0)
    expect(behind([cue()], START, START, 30 * MINUTE)).toBe(0)
  })
  it('finds words that must not be said in what is to be said', () => {
    const product = { ...card('A01', '潔面乳'), must_not_say: ['最溫和', '根治'] }
    const said = cue({ product_id: 'A01', host_lines: ['最溫和的潔面'], must_not_say: ['全網最低'], mechanism: '全網最低 299' })
    expect(forbiddenWords(said, new Map([['A01', product]]))).toEqual(['全網最低', '最溫和'])
  })
})

describe('the head of a sheet', () => {
  const show = { title: '舊', starts_at: START, ends_at: START + 60 * MINUTE, goal_gmv_minor: 0, currency: 'TWD', state: 'planned' } as ShowRow
  const head = { title: '新', starts_at: START, ends_at: START + 90 * MINUTE, goal_gmv_minor: 18_000_000, currency: 'TWD', date: '2026-11-28' }

  it('is offered where it says something else', () => {
    expect(headChanges(head, show).map((change) => change.field)).toEqual(['title', 'ends_at', 'goal_gmv_minor'])
  })
  it('keeps amounts of another currency and shows that have ended as they are', () => {
    expect(headChanges({ ...head, currency: 'USD' }, show).map((change) => change.field)).toEqual(['title', 'ends_at'])
    expect(headChanges(head, { ...show, state: 'ended' })).toEqual([])
    expect(headChanges({}, show)).toEqual([])
  })
})
