import { expect, it } from 'vitest'
import { i18n, setLanguage } from '@/words'
import { whatOf } from './news'

await setLanguage('zh-Hant')
it('news of a promo says which one it is', () => {
  const t = i18n.global.t as (key: string) => string
  const promo = { kind: 'price' as const, price_minor: 39_900, gift: '', coupon: null, currency: 'TWD' }
  expect(whatOf(promo, t)).toBe('促銷價 NT$399')
  expect(whatOf({ ...promo, kind: 'gift', gift: '旅行組' }, t)).toBe('贈品「旅行組」')
})
