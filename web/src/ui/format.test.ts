import { afterEach, expect, test } from 'vitest'
import { setLanguage } from '@/words'
import { formatClock, formatCount, formatDay, formatLength, formatMoney, formatRatio, formatSpan, formatTimes } from './format'

afterEach(() => setLanguage('zh-Hant'))
const at = (iso: string): number => Date.parse(iso)

test('money is in minor units, cents only where there are some', () => {
  expect(formatMoney(29900, 'TWD')).toBe('NT$299')
  expect(formatMoney(123456789050, 'TWD')).toBe('NT$1,234,567,890.50')
  expect(formatMoney(-148000, 'CNY')).toBe('\u2212¥1,480')
  expect(formatMoney(1500, 'JPY')).toBe('JP¥1,500')
  expect(formatMoney(null, 'TWD')).toBe('—')
})

test('spans are clocks, offsets have a sign', () => {
  expect(formatSpan(725_000)).toBe('12:05')
  expect(formatSpan(3_725_999)).toBe('1:02:05')
  expect(formatSpan(18_000, true)).toBe('+0:18')
  expect(formatSpan(-90_000, true)).toBe('\u22121:30')
  expect(formatSpan(-400, true)).toBe('+0:00')
})

test('a length within a sentence is no clock', async () => {
  expect([842_000, 60_000, 9_900, 0, 3_900_000, 7_200_000, null].map(formatLength)).toEqual(['14 分 2 秒', '1 分', '9 秒', '0 秒', '1 小時 5 分', '2 小時', '—'])
  await setLanguage('en')
  expect(formatLength(842_000)).toBe('14 min 2 s')
})

test('a time past midnight says so', async () => {
  const from = at('2026-11-28T20:00:00+08:00')
  await setLanguage('zh-Hant')
  expect(formatClock(at('2026-11-28T23:59:59+08:00'), 'Asia/Taipei', { from })).toBe('23:59')
  expect(formatClock(at('2026-11-29T01:10:00+08:00'), 'Asia/Taipei', { from })).toBe('翌日 01:10')
  expect(formatClock(at('2026-12-05T21:03:00+08:00'), 'Asia/Taipei', { from })).toBe('12/5 21:03')
  expect(formatClock(at('2026-11-29T00:00:00+08:00'), 'Asia/Taipei', { seconds: true })).toBe('00:00:00')
  expect(formatDay(from, 'Asia/Taipei')).toBe('11/28（六）20:00')
})

test('a factor never says more than a reader can mean', () => {
  expect([1.4161, 0.004, 5.278446059656688e37].map(formatTimes)).toEqual(['×1.42', '< ×0.01', '> ×1,000'])
})

test('counts and ratios', () => {
  expect(formatCount(1234567)).toBe('1,234,567')
  expect(formatCount(86.1)).toBe('86')
  expect(formatCount(8.61)).toBe('8.6')
  expect(formatRatio(0.0529)).toBe('5.3%')
})
