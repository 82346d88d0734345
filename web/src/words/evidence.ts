import type { Evidence } from '@/api'
import { formatCount, formatMoney, formatRatio } from '@/ui'
import type { SayWord } from './coupon'

/** A figure that speaks for a proposal, as it stood when the proposal was made: the same where it is written and where it is decided. */
export function evidenceText(evidence: Evidence, currency: string, t: SayWord): string {
  if (evidence.value === null) return t('metric.unmeasured')
  if (evidence.metric === 'stock_left' && evidence.value < 0) return t('claim.over', { count: formatCount(-evidence.value) })
  if (evidence.unit === 'minor') return formatMoney(evidence.value, currency)
  return evidence.unit === 'ratio' ? formatRatio(evidence.value) : formatCount(Math.round(evidence.value * 100) / 100)
}
