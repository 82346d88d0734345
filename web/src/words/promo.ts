/** A promo as people say it: what buyers have while it is on, and what they have once it is off. */
import type { PromoRow } from '@/api'
import { formatMoney } from '@/ui'
import { couponText, type SayWord } from './coupon'

type Given = Pick<PromoRow, 'kind' | 'price_minor' | 'currency' | 'gift' | 'coupon'>

/** Somebody took it back, and buyers have it still as far as the shop said: nobody is to say it. */
export const stillWrong = (promo: Pick<PromoRow, 'reads'>): boolean => promo.reads === 'taking_back' || promo.reads === 'not_taken_back'

/** NT$149, 贈 旅行組, 「週年券」減 NT$100 */
export function promoText(promo: Given, t: SayWord): string {
  if (promo.kind === 'price') return formatMoney(promo.price_minor, promo.currency)
  if (promo.kind === 'gift') return t('promo.giftMove', { gift: promo.gift })
  return promo.coupon === null ? '' : couponText(promo.coupon, promo.currency, t)
}

/** 恢復 NT$158, 不再送贈品; where another promo of its kind stands: 恢復 贈 旅行組. */
export function backText(promo: Pick<PromoRow, 'kind' | 'currency' | 'left'>, t: SayWord): string {
  const { kind, currency, left } = promo
  if (kind === 'price') return t('promo.backTo', { what: formatMoney(left?.price_minor, currency) })
  if (kind === 'gift' && left?.gift) return t('promo.backTo', { what: t('promo.giftMove', { gift: left.gift }) })
  if (kind === 'coupon' && left?.coupon) return t('promo.backTo', { what: couponText(left.coupon, currency, t) })
  return t(`promo.noMore.${kind}`)
}

/** Which gift or coupon it takes the place of, while it is not on yet: 贈 旅行組; '' where there is none. */
export function replacedText(promo: Given & Pick<PromoRow, 'left' | 'takes_place_of'>, t: SayWord): string {
  const { kind, left } = promo
  if (promo.takes_place_of === '' || left === null) return ''
  if (kind === 'gift') return t('promo.giftMove', { gift: left.gift })
  return left.coupon === null ? '' : couponText(left.coupon, promo.currency, t)
}
