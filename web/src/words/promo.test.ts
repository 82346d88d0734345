import { beforeAll, expect, it } from 'vitest'
import type { PromoRow } from '@/api'
import { i18n, setLanguage } from '@/words'
import { backText } from './promo'

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
