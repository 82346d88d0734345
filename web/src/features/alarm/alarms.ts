/** Alarms as people read them. Pure. */
import { FIGURE_BOOK, type AlarmMove, type AlarmRow, type FigureUnit, type MoveEffectRow, type RaiseRow } from '@/api'
import { formatCount, formatMoney, formatRatio, formatSpan, formatTimes } from '@/ui'
import { decimalsOf } from '@/ui/currency'

export const MOVES: readonly AlarmMove[] = ['promo', 'reorder', 'coupon', 'pin', 'answer', 'ads']
const ORDER = { raised: 0, holding: 1, cooling: 2, armed: 3 } as const

/** Raised first, then those about to be. */
export function sortedAlarms(rows: Iterable<AlarmRow>): AlarmRow[] {
  return [...rows].sort((a, b) => ORDER[a.state] - ORDER[b.state] || a.rule.alarm_id.localeCompare(b.rule.alarm_id))
}

/** A figure in the unit it has. */
export function valueText(value: number | null, unit: string, currency: string): string {
  if (value === null) return '—'
  if (unit === 'minor') return formatMoney(Math.round(value), currency)
  if (unit === 'ratio') return formatRatio(value)
  if (unit === 'seconds') return formatSpan(value * 1000)
  return unit === 'times' || unit === 'number' ? value.toFixed(1) : formatCount(Math.round(value))
}

export function unitOf(metric: string): FigureUnit {
  return FIGURE_BOOK[metric]?.unit ?? 'count'
}

/** `conversion.median_7` is the figure `conversion` of earlier shows. */
export function splitMetric(metric: string): { name: string; against: string } {
  const at = metric.indexOf('.')
  return at < 0 ? { name: metric, against: '' } : { name: metric.slice(0, at), against: metric.slice(at + 1) }
}

/** Moves that can be proposed for a raised alarm, the one its rule names first. */
export function movesFor(raised: RaiseRow): AlarmMove[] {
  return [raised.move, ...MOVES.filter((move) => move !== raised.move)]
}

/** `×1.42（×0.95 – ×2.10）`; '' while nobody can say, or where nothing was ordered before. */
export function ratioText(effect: MoveEffectRow): string {
  if (effect.ratio === null || effect.low === null || effect.high === null) return ''
  return `${formatTimes(effect.ratio)}（${formatTimes(effect.low)} – ${formatTimes(effect.high)}）`
}

/** What one types as a limit, as the server takes it: a share in percent, money in major units, minutes of a length. */
export function thresholdOf(text: string, against: string, unit: FigureUnit, currency: string): number | null {
  const number = Number(text.replaceAll(',', ''))
  if (text.trim() === '' || !Number.isFinite(number) || number < 0) return null
  if (against !== 'value' || unit === 'ratio') return number / 100
  return unit === 'minor' ? Math.round(number * 10 ** decimalsOf(currency)) : number
}
