import { describe, expect, it } from 'vitest'
import { minorOf } from '@/ui'
import { couponOf, NO_COUPON } from './money'
import { marginOf } from '@/words/margin'

describe('money as typed', () => {
  it('reads separators, full width and units', () => {
    expect(minorOf('1,480', 'TWD')).toBe(148000)
    expect(minorOf('１４８０元', 'TWD')).toBe(148000)
    expect(minorOf('NT$99.5', 'TWD')).toBe(9950)
    expect(minorOf('500', 'JPY')).toBe(500)
  })
  it('refuses what is no price', () => {
    for (const text of ['', 'abc', '0', '-5', '1.234', '1.5.2']) expect(minorOf(text, 'TWD')).toBeNull()
    expect(minorOf('1.5', 'JPY')).toBeNull()
  })
  it('refuses more than the server takes, before it is sent', () => {
    expect(minorOf('10,000,000,000', 'TWD')).toBe(10 ** 12)
    expect(minorOf('16900000000000', 'TWD')).toBeNull()
  })
  it('knows a loss', () => {
    expect(marginOf(10000, 12000)).toBeCloseTo(-0.2)
    expect(marginOf(null, 1)).toBeNull()
  })
})

describe('a coupon as typed', () => {
  const typed = { ...NO_COUPON, name: ' 週年券 ', off: '100', least: '1,000' }
  it('says what it takes off and on which terms', () => {
    expect(couponOf(typed, 'TWD')).toEqual({ name: '週年券', code: '', amount_minor: 10_000, percent_bp: null, min_spend_minor: 100_000, quantity: null, until: null, lasts_ms: null })
    expect(couponOf({ ...typed, by: 'percent', off: '12.5%', least: '', quantity: '200', minutes: '10' }, 'TWD')).toEqual({ name: '週年券', code: '', amount_minor: null, percent_bp: 1_250, min_spend_minor: 0, quantity: 200, until: null, lasts_ms: 600_000 })
  })
  it('is none while something is missing or not understood', () => {
    const wrong = [{ name: ' ' }, { off: '' }, { by: 'percent' as const, off: '100' }, { least: 'x' }, { quantity: '1.5' }, { minutes: '-1' }]
    for (const each of wrong) expect(couponOf({ ...typed, ...each }, 'TWD')).toBeNull()
  })
})
