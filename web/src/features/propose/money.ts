/** Money and coupons as people type them. Pure. */
import type { Coupon } from '@/api'
import { minorOf } from '@/ui/minor'

/** `15`, `12.5 %` -> basis points; null for what is no share between nought and all. */
export function bpOf(text: string): number | null {
  const plain = text.normalize('NFKC').replace(/[%\s]/g, '')
  if (!/^\d{1,2}(\.\d{1,2})?$/.test(plain)) return null
  const bp = Math.round(Number(plain) * 100)
  return bp > 0 ? bp : null
}

/** `1,000` -> 1000; null for what is no count above nought. */
export function wholeOf(text: string): number | null {
  const plain = text.normalize('NFKC').replace(/[,\s]/g, '')
  return /^[1-9]\d{0,8}$/.test(plain) ? Number(plain) : null
}

/** Whether a field that may stay empty is empty, or was understood. */
export const blankOr = (text: string, read: number | null): boolean => text.trim() === '' || read !== null

export interface CouponForm {
  name: string
  code: string
  by: 'amount' | 'percent'
  off: string
  least: string
  quantity: string
  minutes: string
}

export const NO_COUPON: CouponForm = { name: '', code: '', by: 'amount', off: '', least: '', quantity: '', minutes: '' }

/** The coupon that was typed, which runs out so many minutes after its approval; null while something is missing or not understood. */
export function couponOf(form: CouponForm, currency: string): Coupon | null {
  const amount = form.by === 'amount' ? minorOf(form.off, currency) : null
  const percent = form.by === 'percent' ? bpOf(form.off) : null
  const [least, quantity, minutes] = [minorOf(form.least, currency), wholeOf(form.quantity), wholeOf(form.minutes)]
  const understood = blankOr(form.least, least) && blankOr(form.quantity, quantity) && blankOr(form.minutes, minutes)
  if ((amount ?? percent) === null || !understood || (form.name.trim() === '' && form.code.trim() === '')) return null
  return {
    name: form.name.trim(),
    code: form.code.trim(),
    amount_minor: amount,
    percent_bp: percent,
    min_spend_minor: least ?? 0,
    quantity,
    until: null,
    lasts_ms: minutes === null ? null : minutes * 60_000,
  }
}
