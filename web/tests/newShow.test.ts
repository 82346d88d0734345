import { expect, test } from 'vitest'
import { instantOfClock, goalOf, newShowId } from '@/shell/newShow'

test('a clock time in a zone is an instant, over midnight and over a clock change', () => {
  expect(instantOfClock('2026-11-28', '20:00', 'Asia/Taipei')).toBe(Date.parse('2026-11-28T20:00:00+08:00'))
  expect(instantOfClock('2026-11-28', '0030', 'Asia/Taipei', 1)).toBe(Date.parse('2026-11-29T00:30:00+08:00'))
  expect(instantOfClock('2026-11-28', '25:10', 'Asia/Taipei')).toBe(Date.parse('2026-11-29T01:10:00+08:00'))
  expect(instantOfClock('2026-11-01', '20:00', 'America/New_York')).toBe(Date.parse('2026-11-01T20:00:00-05:00'))
  expect(instantOfClock('2026-11-01', '00:30', 'America/New_York')).toBe(Date.parse('2026-11-01T00:30:00-04:00'))
  expect(instantOfClock('2026-11-28', '8pm', 'Asia/Taipei')).toBeNull()
})

test('typed money is minor units', () => {
  expect(goalOf('1,000,000', 'TWD')).toBe(100_000_000)
  expect(goalOf('', 'TWD')).toBe(0)
  expect(goalOf('99.5', 'USD')).toBe(9950)
  expect(goalOf('30萬', 'TWD')).toBe(30_000_000)
  expect(goalOf('30 万元', 'CNY')).toBe(30_000_000)
  expect(goalOf('1000', 'JPY')).toBe(1000)
  expect(goalOf('many', 'TWD')).toBeNull()
})

test('a show id is readable and allowed', () => {
  expect(newShowId('秋冬 Care 專場!', '2026-11-28')).toMatch(/^care-20261128-[a-z0-9]{4}$/)
  expect(newShowId('秋冬', '2026-11-28')).toMatch(/^[a-z0-9][a-z0-9-]*$/)
})
