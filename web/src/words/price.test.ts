import { expect, test } from 'vitest'
import { struckMinor } from './price'

const struck = (list_price_minor: number | null, price_minor: number | null): number | null => struckMinor({ list_price_minor, price_minor })

test('a list price is struck only where it is higher than what buyers pay now', () => {
  expect(struck(48_000, 29_900)).toBe(48_000)
  expect([struck(29_900, 29_900), struck(19_900, 29_900), struck(0, 29_900), struck(null, 29_900), struck(48_000, null)]).toEqual([null, null, null, null, null])
  expect(struck(48_000, 0)).toBe(48_000) // it is given away
})
