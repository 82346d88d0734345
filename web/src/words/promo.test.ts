import { beforeAll, expect, it } from 'vitest'
import type { PromoRow } from '@/api'
import { i18n, setLanguage } from '@/words'
import { backText, replacedText } from './promo'

beforeAll(() => setLanguage('zh-Hant'))

const t = (key: string, named?: Record<string, unknown>): string => i18n.global.t(key, named ?? {})
const COUPON = { name: '週年券', code: '', amount_minor: 10_000, percent_bp: null, min_spend_minor: 0, quantity: null, until: null, lasts_ms: null }

it.each([
  ['price', { price_minor: 15_800 }, '恢復 NT$158'],
  ['price', { price_minor: null }, '恢復 —'],
  ['gift', {}, '不再送贈品'],
  ['gift', { gift: '旅行組' }, '恢復 贈 旅行組'],
  ['coupon', {}, '券停用'],
  ['coupon', { coupon: COUPON }, '恢復 「週年券」減 NT$100'],
] as const)('once a %s is off buyers have what stands beside it: %o', (kind, left, words) => {
  expect(backText({ kind, currency: 'TWD', left: { price_minor: 15_800, gift: '', coupon: null, ...left } as PromoRow['left'] }, t)).toBe(words)
})

it.each([
  ['gift', '', ''],
  ['gift', 'p0', '贈 化妝棉'],
  ['coupon', 'p0', '「週年券」減 NT$100'],
] as const)('a %s that takes the place of another names that one', (kind, takes_place_of, words) => {
  const given = { kind, price_minor: 15_800, currency: 'TWD', gift: '旅行組', coupon: null, takes_place_of, left: { price_minor: 15_800, gift: '化妝棉', coupon: COUPON } }
  expect(replacedText(given, t)).toBe(words)
})
