/** A coupon as people say it: what it takes off, and on which terms. */
import type { Coupon } from '@/api'
import { formatClock, formatCount, formatLength, formatMoney } from '@/ui'

export type SayWord = (key: string, named?: Record<string, unknown>) => string

/** 「週年券」滿 NT$3,000 減 NT$100 */
export function couponText(coupon: Coupon, currency: string, t: SayWord): string {
  const off = coupon.amount_minor !== null ? formatMoney(coupon.amount_minor, currency) : `${(coupon.percent_bp ?? 0) / 100}%`
  const what = coupon.min_spend_minor > 0 ? t('promo.coupon.from', { min: formatMoney(coupon.min_spend_minor, currency), off }) : t('promo.coupon.off', { off })
  return t('promo.coupon.named', { name: coupon.name || coupon.code, what })
}

/** What the host says and the assistant writes of it: 「週年券」減 NT$100 · 代碼 ABC · 限 200 張 · 到 21:30 */
export function couponWhole(coupon: Coupon, currency: string, zone: string, t: SayWord): string {
  return [couponText(coupon, currency, t), couponTerms(coupon, zone, t)].filter(Boolean).join(' · ')
}

/** 代碼 ABC · 限 200 張 · 到 21:30; '' where there are none. */
export function couponTerms(coupon: Coupon, zone: string, t: SayWord): string {
  const terms = [
    coupon.code !== '' && coupon.name !== '' ? t('promo.coupon.code', { code: coupon.code }) : '',
    coupon.quantity !== null ? t('promo.coupon.quantity', { count: formatCount(coupon.quantity) }) : '',
    coupon.until !== null ? t('promo.coupon.until', { at: formatClock(coupon.until, zone) }) : '',
    coupon.until === null && coupon.lasts_ms !== null ? t('promo.coupon.lasts', { length: formatLength(coupon.lasts_ms) }) : '',
  ]
  return terms.filter(Boolean).join(' · ')
}
