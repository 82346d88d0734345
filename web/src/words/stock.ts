/** What is left, as every screen says it: one number, below nought too. */
import { formatCount } from '@/ui'
import type { SayWord } from './coupon'

/** 超賣 16, or the units left. */
export function leftText(left: number | null, oversold: number, t: SayWord): string {
  return oversold > 0 ? t('claim.over', { count: formatCount(oversold) }) : formatCount(left)
}
