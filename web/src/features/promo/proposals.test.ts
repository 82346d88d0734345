import { expect, it } from 'vitest'
import type { PromoRow } from '@/api'
import { newsOf } from './news'
import { cutPercent, overtaken, sorted, tagsOf } from './proposals'
import { evidenceText } from '@/words/evidence'

const promo = (over: Partial<PromoRow>): PromoRow => ({
  promo_id: 'p1', product_id: 's1', kind: 'price', price_was_minor: 158_000, price_minor: 148_000, currency: 'TWD', gift: '', reason: '',
  expected: '', evidence: [], stage: 'proposed', proposed_by: 'lin', proposed_at: 10, settled_by: '', settled_at: null, applied_at: null,
  failure: '', note: '', coupon: null, stands: false, end_why: '', end_reason: '', end_by: '', end_at: null, ended_at: null, end_failure: '', end_note: '', applied_by: '', ended_by: '', replaced_at: null, toss: '', tossed_by: '', toss_until: null, toss_off: '', left: null, reads: over.stage ?? 'proposed', waits_for: '', spent: false, takes_place_of: '', changed_at: Math.max(10, over.proposed_at ?? 0, over.settled_at ?? 0, over.applied_at ?? 0, over.end_at ?? 0, over.ended_at ?? 0), ...over,
})

it('puts what waits first, oldest on top, and the news of the rest below', () => {
  const rows = [
    promo({ promo_id: 'new', proposed_at: 30 }),
    promo({ promo_id: 'on', stage: 'applied', reads: 'replaced', settled_at: 40, applied_at: 90 }),
    promo({ promo_id: 'old', proposed_at: 20 }),
    promo({ promo_id: 'no', stage: 'rejected', settled_at: 50 }),
  ]
  const { waiting, settled } = sorted(rows)
  expect(waiting.map((one) => one.promo_id)).toEqual(['old', 'new'])
  expect(settled.map((one) => one.promo_id)).toEqual(['on', 'no'])
})

it('keeps what buyers have apart from what is over', () => {
  const rows = [
    promo({ promo_id: 'on', stage: 'applied', stands: true }),
    promo({ promo_id: 'replaced', stage: 'applied', reads: 'replaced' }),
    promo({ promo_id: 'way', stage: 'approved' }),
    promo({ promo_id: 'ending', stage: 'ending', stands: true, end_at: 90 }),
    promo({ promo_id: 'over', stage: 'ended', ended_at: 99 }),
    promo({ promo_id: 'early', stage: 'ending', reads: 'taking_back', end_at: 80 }),
    promo({ promo_id: 'ran out', stage: 'applied', reads: 'expired', end_at: 70 }),
  ]
  const { on, settled } = sorted(rows)
  expect(on.map((one) => one.promo_id)).toEqual(['ending', 'early', 'ran out', 'on', 'way'])
  expect(settled.map((one) => one.promo_id)).toEqual(['over', 'replaced'])
})

it('says what became of a promo', () => {
  const said = (['applied', 'stays', 'ending', 'taking_back', 'taken_back', 'expired', 'ended', 'withdrawn', 'lapsed_show', 'replaced'] as const).map((reads) => newsOf({ reads, stage: 'applied' }))
  expect(said).toEqual(['applied', 'stays', '', 'taking_back', 'taken_back', 'expired', 'ended', '', 'lapsed_show', ''])
  expect([newsOf({ reads: 'approved', stage: 'approved' }), newsOf({ reads: 'not_taken_back', stage: 'approved' }), newsOf({ reads: 'not_taken_back', stage: 'applied' })]).toEqual(['waiting', 'not_stopped', 'not_taken_back'])
})

it('writes evidence in its unit', () => {
  const figure = (unit: string, value: number) => evidenceText({ metric: 'm', unit, value, seq: 1 }, 'TWD', (key) => key)
  expect(evidenceText({ metric: 'stock_left', unit: 'count', value: -15, seq: 1 }, 'TWD', (key, named) => `${key} ${String(named?.['count'])}`)).toBe('claim.over 15')
  expect([figure('minor', 1_234_500), figure('ratio', 0.0312), figure('count', 5_557)]).toEqual(['NT$12,345', '3.1%', '5,557'])
  expect([figure('count', 9.996), figure('count', 2.25)]).toEqual(['10', '2.3'])
})

it('says how deep the cut is, and when the price moved since', () => {
  expect([cutPercent(promo({})), cutPercent(promo({ kind: 'gift' })), cutPercent(promo({ price_was_minor: 0 }))]).toEqual([-6, null, null])
  expect([overtaken(promo({}), 158_000), overtaken(promo({}), 150_000), overtaken(promo({}), null), overtaken(promo({}), undefined)]).toEqual([false, true, true, false])
  expect((['gift', 'coupon'] as const).map((kind) => overtaken(promo({ kind }), 150_000))).toEqual([true, true])
  expect(overtaken(promo({ stage: 'approved' }), 150_000)).toBe(false)
})

it('tells of each kind what became of it, and of what is over until the next cue', () => {
  const rows = [
    promo({ promo_id: 'old', stage: 'ended', ended_at: 99 }),
    promo({ promo_id: 'price', stage: 'applied', stands: true, applied_at: 50 }),
    promo({ promo_id: 'gift', kind: 'gift', stage: 'ended', reads: 'taken_back', ended_at: 90 }),
    promo({ promo_id: 'no', kind: 'coupon', stage: 'rejected', settled_at: 95 }),
  ]
  const told = (since: number) => tagsOf(rows, since).get('s1')?.map((row) => row.promo_id)
  expect([told(60), told(95)]).toEqual([['gift', 'price'], ['price']])
  const wrong = [promo({ promo_id: 'first', reads: 'taking_back' }), promo({ promo_id: 'second', reads: 'taking_back' }), promo({ promo_id: 'third', reads: 'approved' })]
  expect(tagsOf(wrong, 0).get('s1')?.map((row) => row.promo_id)).toEqual(['first', 'second', 'third'])
  const stuck = promo({ promo_id: 'stuck', reads: 'not_taken_back', end_why: 'wrong', applied_at: 5 })
  expect(tagsOf([stuck, promo({ promo_id: 'next', reads: 'approved', settled_at: 20 })], 0).get('s1')?.map((row) => row.promo_id)).toEqual(['stuck', 'next'])
  const ended = promo({ promo_id: 'x1', stage: 'ended', reads: 'ended', ended_at: 3 })
  expect(tagsOf([ended, stuck], 0).get('s1')?.map((row) => row.promo_id)).toEqual(['stuck'])
  expect(tagsOf([promo({ promo_id: 'no', stage: 'failed', reads: 'failed', settled_at: 2, changed_at: 20 }), stuck], 0).get('s1')?.map((row) => row.promo_id)).toEqual(['no', 'stuck'])
})
