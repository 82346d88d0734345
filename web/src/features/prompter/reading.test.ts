import { describe, expect, it } from 'vitest'
import { FIRST, promoWord, SCALES, scrolledTo, scrollMove, scrollWord, sound, stepped } from './reading'

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
  expect((['ending', 'taking_back', 'ended', 'taken_back', 'stays'] as const).map(promoWord)).toEqual(['ending', 'takingBack', 'ended', 'takenBack', 'stays'])
})
