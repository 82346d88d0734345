import type { Evidence } from '@/api'
import { formatCount, formatMoney, formatRatio } from '@/ui'

/** A figure that speaks for a proposal, as it stood when the proposal was made: the same where it is written and where it is decided. */
export function evidenceText(evidence: Evidence, currency: string): string {
  if (evidence.unit === 'minor') return formatMoney(evidence.value, currency)
  return evidence.unit === 'ratio' ? formatRatio(evidence.value) : formatCount(Math.round(evidence.value * 100) / 100)
}
