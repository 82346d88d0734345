import { describe, expect, it } from 'vitest'
import type { BuyerRow, ClaimRow, OversoldRow, StockRow } from '@/api'
import { allAsked, anyOversold, becauseWord, claimsOf, findBuyers, goneOf, grouped, isGone, oversoldOf, paceOf, partsOf, ruleTone, ruleWord, stockOf, stockTone, timeToEmpty, waitlistOf } from './claims'

const claim = (at: number, waits = 0): ClaimRow => ({
  at, ref: '1:0', buyer: 'live/ann', name: 'Ann', text: 'A01+1', product_id: 'A01', variant: '', asked: 1, rule: 'claimed', price_minor: 100, currency: 'TWD',
  held: waits ? 0 : 1, waits, out: 0, paid: 0, released: 0, hold_until: 0, state: waits ? 'waiting' : 'held',
})
const stock = (more: Partial<StockRow>): StockRow => ({
  product_id: 'A01', variant: '', name: '護手霜', keywords: ['A01'], price_minor: 100, currency: 'TWD', stock: 10, held: 2, ordered: 1, left: 7, claimed: 3,
  waits: 0, limit: null, pace: 3, paced_at: 1_000_000, empty_at: 1_140_000, sold_out: false, open: true, oversold: 0, buyers: 5, ...more,
})

describe('claims', () => {
  const rows = new Map([['1:0', claim(10)], ['2:0', claim(30, 1)], ['3:0', claim(20, 2)]])
  it('shows the newest first and the waitlist in the order of service', () => {
    expect(claimsOf(rows).map((one) => one.id)).toEqual(['2:0', '3:0', '1:0'])
    expect(waitlistOf(rows).map((one) => one.id)).toEqual(['3:0', '2:0'])
  })
  it('takes of one instant the one that came later for the newer', () => {
    const many = new Map(Array.from({ length: 260 }, (_, n): [string, ClaimRow] => [`7:${n}`, claim(10)]))
    expect(claimsOf(many).slice(0, 3).map((one) => one.id)).toEqual(['7:259', '7:258', '7:257'])
  })
  it('gives a colour to every kind of answer', () => {
    expect(['claimed', 'waitlisted', 'sold_out', 'repeated'].map(ruleTone)).toEqual(['good', 'watch', 'act', 'quiet'])
  })
})

describe('what became of a claim', () => {
  const parts = (more: Partial<ClaimRow>): string[] => partsOf({ ...claim(1), ...more }).map((part) => `${part.what} ${part.count}`)
  it('says how many are held, wait, or were cut by the limit', () => {
    expect(parts({ asked: 8, held: 6, rule: 'limit_cut' })).toEqual(['held 6', 'limit 2'])
    expect(parts({ asked: 5, held: 1, waits: 4 })).toEqual(['held 1', 'waiting 4'])
    expect(parts({ asked: 5, held: 2, rule: 'claimed_part' })).toEqual(['held 2', 'sold_out 3'])
    expect(parts({ asked: 4, held: 0, rule: 'over_limit' })).toEqual(['limit 4'])
  })
  it('says no state twice, and every unit once', () => {
    expect(parts({ asked: 4, held: 0, waits: 4, rule: 'waitlisted' })).toEqual(['waiting 4'])
    expect(parts({ asked: 5, held: 1, out: 3, paid: 2, released: 1 })).toEqual(['held 1', 'checked_out 1', 'paid 2', 'gone 1'])
    expect(parts({ asked: 3, held: 0, out: 0, paid: 3, released: 3 })).toEqual(['gone 3'])
  })
  it('says by its rule why there is nothing', () => {
    expect(parts({ asked: 2, held: 0, rule: 'ask_variant' })).toEqual(['rule 0'])
    expect(parts({ asked: 0, held: 0, rule: 'cancelled' })).toEqual(['rule 0'])
  })
})

describe('oversold', () => {
  const row = (more: Partial<OversoldRow>): OversoldRow => ({ product_id: 'A01', variant: '', kind: 'order', claim_id: '', platform: 'fb', order_id: 'o1', buyer: 'fb/ann', name: '', units: 3, at: 10, place: 1, sorry_by: '', sorry_at: null, paid: false, ...more })
  it('says of what, how much stands where, who is first, and what is not listed', () => {
    const goods = new Map([['A01/', stock({ left: -6, oversold: 6 })], ['A01/粉', stock({ variant: '粉', oversold: 6 })], ['B/', stock({ product_id: 'B' })]])
    const rows = new Map([['a', row({ place: 2, paid: true })], ['b', row({ kind: 'claim', claim_id: 'c', units: 1 })], ['c', row({ product_id: 'B' })]])
    const found = oversoldOf(goods, rows)
    expect(found.map(({ units, claims, orders, orderRows, paidRows, unlisted }) => [units, claims, orders, orderRows, paidRows, unlisted])).toEqual([[6, 1, 3, 1, 1, 2]])
    expect(found[0]?.rows.map((one) => one.place)).toEqual([1, 2])
  })
})

it('is told of once anything is', () => {
  expect([anyOversold([]), anyOversold([{ oversold: 0 }]), anyOversold([{ oversold: 0 }, { oversold: 1 }])]).toEqual([false, false, true])
})

describe('stock', () => {
  it('puts variants under their product', () => {
    const rows = new Map([['A01/', stock({})], ['A01/粉', stock({ variant: '粉' })]])
    expect(stockOf(rows).map((one) => [one.whole.product_id, one.variants.length])).toEqual([['A01', 1]])
  })
  it('counts down to empty while the pace is fresh', () => {
    expect(timeToEmpty(stock({}), 1_000_000)).toBe(140_000)
    expect(timeToEmpty(stock({}), 1_060_000)).toBe(280_000)
    expect([1_000_000, 1_030_000, 1_060_000].map((now) => paceOf(stock({}), now))).toEqual([3, 2, 2])
    expect(paceOf(stock({ pace: 2 }), 1_065_000)).toBe(1)
    expect(timeToEmpty(stock({}), 1_200_000)).toBeNull()
    expect(timeToEmpty(stock({ empty_at: 1_030_000 }), 1_031_000)).toBeNull()
    expect(paceOf(stock({}), 1_200_000)).toBe(0)
  })
  it('is red when nothing is left and amber when it soon will be', () => {
    expect(stockTone(stock({ left: 0 }), 1_000_000)).toBe('act')
    expect(stockTone(stock({ left: 7, oversold: 2, empty_at: null }), 1_000_000)).toBe('act')
    expect(stockTone(stock({}), 1_000_000)).toBe('watch')
    expect(stockTone(stock({ empty_at: null }), 1_000_000)).toBe('good')
    expect(stockTone(stock({ left: null }), 1_000_000)).toBe('quiet')
  })
})

it('finds a buyer by name or id, full-width or not, who was heard last first', () => {
  const row = (name: string, last_at: number): BuyerRow => ({ name, blocked: false, last_at, entries: [] })
  const rows = new Map([['live/u1', row('Ａｎｎ', 1)], ['live/u2', row('annie', 2)], ['live/bob', row('小鹿', 3)]])
  expect(findBuyers(rows, 'ANN').map((one) => one.buyer)).toEqual(['live/u2', 'live/u1'])
  expect(findBuyers(rows, 'bob').map((one) => one.row.name)).toEqual(['小鹿'])
  expect(findBuyers(rows, '')).toHaveLength(3)
})

describe('what is to be asked about', () => {
  const asked = (id: string, more: Partial<ClaimRow> = {}): [string, ClaimRow] => [id, { ...claim(Number(id)), buyer: `live/${id}`, text: '+1', product_id: '', rule: 'ask_order', held: 0, state: 'none', ...more }]
  it('stands in one line a kind, where the newest does, with all that it holds', () => {
    const rows = claimsOf(new Map([asked('1'), asked('2', { text: '好看+1' }), ['3', claim(3)], asked('4', { buyer: 'live/1' }), asked('5', { rule: 'ask_quantity' })]))
    const lines = grouped(rows)
    expect(lines.map((line) => line.id)).toEqual(['5', 'ask_order ', '3'])
    expect(lines[1]).toMatchObject({ people: 2, units: 3, claims: [{ id: '4' }, { id: '2' }, { id: '1' }] })
    expect(lines.flatMap((line) => ('claims' in line ? line.claims : [line])).map((one) => one.id).sort()).toEqual(['1', '2', '3', '4', '5'])
  })
  it('is everybody of the show, as now known, but whose comment was entered by hand', () => {
    const older = new Map([asked('1', { ref: '7:1' }), asked('2', { ref: '7:2' }), asked('3', { ref: '7:3', product_id: 'B2' })])
    const rows = new Map([asked('9', { ref: '9:1' }), ['h1', { ...claim(5), ref: '7:1', buyer: 'live/1' }], ['7:3', { ...claim(5), ref: '7:3', buyer: 'live/3' }]] as [string, ClaimRow][])
    expect([...allAsked([older], rows).keys()]).toEqual(['2', '3', '9'])
  })
  it('stays as lines where they are few, and where something is held', () => {
    expect(grouped(claimsOf(new Map([asked('1'), asked('2')]))).map((line) => line.id)).toEqual(['2', '1'])
    expect(grouped(claimsOf(new Map([asked('1', { rule: 'claimed' }), asked('2', { rule: 'claimed' }), asked('3', { rule: 'claimed' })])))).toHaveLength(3)
  })
})

it('says which size is not sold, asks which one is meant, and that nothing is left of it', () => {
  const ask = (more: Partial<ClaimRow>): ClaimRow => ({ ...claim(1), state: 'none', rule: 'ask_variant', product_id: 'P3', variant: '', ...more })
  const part = (asked: number, units: number, waits: number): string => becauseWord({ product_id: 'A01', variant: '', rule: 'claimed_part', asked, units, waits })
  expect([part(5, 1, 4), part(9, 1, 4), part(9, 1, 0)]).toEqual(['claimed_part', 'claimed_part_cut', 'claimed_part_none'])
  expect([ask({ variant: 'XL' }), ask({}), ask({ rule: 'ask_order' }), ask({ rule: 'ask_order', product_id: '' })].map(ruleWord)).toEqual(['no_variant', 'ask_variant', 'ask_which', 'ask_order'])
  const gone = goneOf(new Map([['P3/', stock({ product_id: 'P3', sold_out: true })], ['P4/', stock({ product_id: 'P4' })]]))
  expect([ask({}), ask({ product_id: 'P4' }), ask({ rule: 'claimed' })].map((one) => isGone(one, gone))).toEqual([true, false, false])
})
