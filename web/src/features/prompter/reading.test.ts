import { describe, expect, it } from 'vitest'
import type { HostRow } from '@/api'
import { besidesOf, couponPriceOf, FIRST, heardOf, runOut, promoWord, SCALES, scrolledTo, scrollMove, scrollWord, sound, stepped } from './reading'

describe('scrolling', () => {
  it('takes page keys and pedals', () => {
    expect(scrollMove('pagedown')).toEqual({ by: 'page', sign: 1 })
    expect(scrollMove('left')).toEqual({ by: 'page', sign: -1 })
    expect(scrollMove('x')).toBeNull()
    expect(['right', 'up', 'end'].map(scrollWord)).toEqual(['pageDown', 'lineUp', 'end'])
  })
  it('stays within the text', () => {
    expect(scrolledTo({ by: 'page', sign: 1 }, 0, 400, 1_000, 50)).toBe(300)
    expect(scrolledTo({ by: 'page', sign: 1 }, 500, 400, 1_000, 50)).toBe(600)
    expect(scrolledTo({ by: 'line', sign: -1 }, 20, 400, 1_000, 50)).toBe(0)
    expect(scrolledTo({ to: 'end' }, 0, 400, 1_000, 50)).toBe(600)
    expect(scrolledTo({ to: 'end' }, 0, 400, 300, 50)).toBe(0)
  })
})

describe('size and speed', () => {
  it('step, and stop at both ends', () => {
    expect([stepped(SCALES, 1, 1), stepped(SCALES, 1, -1), stepped(SCALES, 2, 1), stepped(SCALES, 0.6, -1)]).toEqual([1.15, 0.9, 2, 0.6])
  })
  it('come back from the store, and not from nonsense', () => {
    expect(sound({ scale: 1.3, mirror: true, speed: 18 })).toEqual({ scale: 1.3, mirror: true, speed: 18 })
    expect(sound({ scale: 900, speed: -1 })).toEqual(FIRST)
  })
})

it('says what the host may say of a promo', () => {
  expect((['', 'approved', 'applied', 'failed'] as const).map(promoWord)).toEqual(['', 'coming', 'on', 'failed'])
  expect((['ending', 'taking_back', 'ended', 'taken_back', 'stays', 'not_taken_back'] as const).map(promoWord)).toEqual(['ending', 'takingBack', 'ended', 'takenBack', 'stays', 'notTakenBack'])
})

describe('what is said beside what moves', () => {
  const coupon = { name: '回購券', code: '', amount_minor: 5_000, percent_bp: null, min_spend_minor: 0, quantity: null, until: null, lasts_ms: null }
  const host = (row: Partial<HostRow>): HostRow =>
    ({ promo_state: 'approved', promo_kind: 'price', promos_besides: [], gift: '旅行組', coupon, coupon_price_minor: 24_900, sold_out: false, oversold: 0, unsaid: [], ...row }) as HostRow
  it('is what buyers have all the same', () => {
    expect(besidesOf(host({}))).toEqual({ gift: '旅行組', coupon })
    expect(couponPriceOf(host({}))).toBe(24_900)
  })
  it('is not what is on its way out, said already', () => {
    for (const promo_state of ['ending', 'expired', 'taking_back', 'stays'] as const) {
      expect(besidesOf(host({ promo_state, promo_kind: 'coupon', promo_coupon: coupon }))).toEqual({ gift: '旅行組', coupon: null })
      expect(besidesOf(host({ promo_state, promo_kind: 'coupon', promo_coupon: { ...coupon, name: '舊券' } }))).toEqual({ gift: '旅行組', coupon })
      expect(besidesOf(host({ promo_state, promo_kind: 'gift', promo_gift: '旅行組' }))).toEqual({ gift: '', coupon })
    }
  })
  it('is no coupon whose time is up, also where nobody could tell this screen', () => {
    const short = { ...coupon, until: 5_000 }
    const row = host({ coupon: short, promo_state: 'applied', promo_kind: '', promo_coupon: short, promo_price_minor: null, promo_gift: '' })
    expect(runOut(row, 4_999)).toBe(row)
    expect(runOut(row, 5_000)).toMatchObject({ promo_state: 'expired', promo_kind: 'coupon', promo_coupon: short, coupon: null, coupon_price_minor: null })
    expect(runOut({ ...row, promo_gift: '旅行組' }, 5_000)).toMatchObject({ promo_state: 'applied', promo_gift: '旅行組', promo_coupon: null, coupon: null })
    expect(runOut({ ...row, promo_state: 'approved' }, 5_000)).toMatchObject({ promo_state: 'approved', coupon: null })
  })
  it('is nothing of a product that is gone', () => {
    expect(besidesOf(host({ sold_out: true, oversold: 2 }))).toEqual({ gift: '', coupon: null })
    expect(couponPriceOf(host({ sold_out: true }))).toBeNull()
  })
  it('is not to go on with it, whatever the shop has still', () => {
    const gone = heardOf(host({ sold_out: true, promo_state: 'stays', promo_kind: 'coupon', promo_coupon: coupon }))
    expect(gone.map((line) => line.word)).toEqual(['gone'])
    expect(heardOf(host({ sold_out: true, promo_state: 'taking_back' })).map((line) => line.word)).toEqual(['gone', 'takingBack'])
    expect(heardOf(host({ sold_out: true, promo_state: '' }))).toEqual([])
    expect(heardOf(host({ promo_state: 'stays' })).map((line) => line.word)).toEqual(['stays'])
  })
  it('is all of it while only a size is oversold', () => {
    expect(besidesOf(host({ oversold: 2 }))).toEqual({ gift: '旅行組', coupon })
    expect(couponPriceOf(host({ oversold: 2 }))).toBe(24_900)
  })
})
