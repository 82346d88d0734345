import { describe, expect, it } from 'vitest'
import { amountOf } from './amount'
import cases from './amount.cases.json'

describe('amounts as people type them', () => {
  it.each(cases as [string, string, number | null][])('%s %s', (currency, text, minor) => expect(amountOf(text, currency)).toBe(minor))
})
