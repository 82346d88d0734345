import { expect, it } from 'vitest'
import { mount } from '@vue/test-utils'
import type { HostRow } from '@/api'
import { i18n, setLanguage } from '@/words'
import HostProduct from './HostProduct.vue'

await setLanguage('zh-Hant')
const COUPON = { name: '週年券', code: 'KAIBO', amount_minor: 10_000, percent_bp: null, min_spend_minor: 0, quantity: null, until: null, lasts_ms: null }
const ROW = {
  product_id: 'P', product_name: '襯衫', list_price_minor: null, price_minor: 60_000, currency: 'TWD', stock_left: 3, sold_out: false, stock_few: false,
  oversold: 0, pinned: false, promo_state: 'applied', promo_kind: '', promo_price_minor: null, promo_gift: '', promo_coupon: COUPON, gift: '', coupon: COUPON,
  coupon_price_minor: 50_000, promos_besides: [], sizes: [],
} as unknown as HostRow
const screen = (row: Partial<HostRow>, stale = false) => mount(HostProduct, { props: { host: { ...ROW, ...row }, zone: 'Asia/Taipei', stale }, global: { plugins: [i18n] } })
const SIZES = [{ variant: 'S', left: 3, oversold: 0 }, { variant: 'M', left: -3, oversold: 3 }, { variant: 'L', left: 0, oversold: 0 }]

it('one size that is gone forbids not the others', () => {
  const words = screen({ oversold: 3, sizes: SIZES }).text()
  expect(words).toContain('M 超賣 3 · L 已售完')
  expect(words).toContain('S 還有 3')
  expect(words).toContain('剩 3')
  expect(words).toContain('已上架')
  expect(words).toContain('券後 NT$500')
  expect(words).not.toMatch(/別再/)
})

it('a promo is withdrawn when nothing is left', () => {
  const words = screen({ stock_left: -3, oversold: 3, sold_out: true }).text()
  expect(words).toContain('超賣 3，別再賣')
  expect(words).toContain('優惠別再說')
  expect(words).not.toContain('券後')
})

it('what was kept before there were sizes is shown as it was', () => {
  const { sizes: _, ...old } = ROW
  expect(mount(HostProduct, { props: { host: old as HostRow, zone: 'Asia/Taipei', stale: true }, global: { plugins: [i18n] } }).find('.sizes').exists()).toBe(false)
})

it('without a line the promo is as old as the price', () => {
  expect(screen({}).find('.promo.old').exists()).toBe(false)
  expect(screen({}, true).findAll('.promo.on.old')).toHaveLength(1)
})
