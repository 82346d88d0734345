import { expect, it } from 'vitest'
import { mount } from '@vue/test-utils'
import { i18n, setLanguage } from '@/words'
import HostPromo from './HostPromo.vue'
import type { Said } from './reading'

await setLanguage('zh-Hant')
const COUPON = { name: '週年券', code: 'KAIBO', amount_minor: 10_000, percent_bp: null, min_spend_minor: 0, quantity: 200, until: Date.UTC(2026, 10, 28, 13, 30), lasts_ms: null }
const SAID: Said = { product_name: '', currency: 'TWD', state: 'applied', kind: '', price_minor: null, gift: '', coupon: COUPON }
const told = (said: Partial<Said>, priceMinor: number | null = 45_000): string =>
  mount(HostPromo, { props: { said: { ...SAID, ...said }, zone: 'Asia/Taipei', priceMinor }, global: { plugins: [i18n] } }).text().replace(/\s+/g, ' ')

it('a coupon is said with its code, its number and its end', () => {
  expect(told({})).toContain('「週年券」減 NT$100 · 代碼 KAIBO · 限 200 張 · 到 21:30')
})

it.each([
  ['goes back to what it costs now', {}, 45_000, 'NT$399 別再說，現在 NT$450'],
  ['and stands by another promo says so', {}, 39_900, '優惠已結束現在 NT$399'],
  ['while nobody is to say what stands says only what is over', {}, null, 'NT$399，別再說'],
  ['of another product names both', { product_name: '面膜' }, null, '「面膜」NT$399'],
])('a price that is over %s', (_, said, price, words) => {
  expect(told({ state: 'ended', kind: 'price', price_minor: 39_900, coupon: null, ...said }, price)).toContain(words)
})

it('what is taken back of another product is said by its name', () => {
  const words = told({ product_name: '面膜', state: 'taking_back', kind: 'gift', gift: '旅行組', coupon: null }, null)
  expect(words).toContain('「面膜」送 旅行組')
  expect(words).toContain('先別說')
})

it.each([
  ['not_taken_back', '「面膜」NT$149先別說，等導播'],
  ['taken_back', '「面膜」NT$149別再說'],
] as const)('%s of another product is said once', (state, words) => {
  expect(told({ product_name: '面膜', state, kind: 'price', price_minor: 14_900, coupon: null }, null)).toContain(words)
})

it('of a price that never came on the host is sent to no price that is wrong', () => {
  expect(told({ state: 'failed', kind: 'price', price_minor: 13_100, coupon: null }, null)).toMatch(/沒有 NT\$131$/)
})

it.each([
  ['taking_back', '先別說 NT$149'],
  ['failed', '沒有 NT$149，請照畫面上的價格說'],
  ['stays', 'NT$149 還有效'],
  ['not_taken_back', 'NT$149 先別說，等導播'],
] as const)('%s names what it is about', (state, words) => {
  expect(told({ state, kind: 'price', price_minor: 14_900, coupon: null })).toContain(words)
})
