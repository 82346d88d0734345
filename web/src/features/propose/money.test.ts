import { describe, expect, it } from 'vitest'
import { marginOf, minorOf } from './money'

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
  it('knows a loss', () => {
    expect(marginOf(10000, 12000)).toBeCloseTo(-0.2)
    expect(marginOf(null, 1)).toBeNull()
  })
})
