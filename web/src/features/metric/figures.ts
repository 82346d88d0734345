/** Figures as an operator reads them. Pure. */
import { basisOf, FIGURE_BOOK, type FigureUnit, type TileRow } from '@/api'
import { formatClock, formatCount, formatMoney, formatRatio, formatSpan } from '@/ui'
import { decimalsOf } from '@/ui/currency'

/** A figure in a table that somebody asks about: of what, its value, and the counters it is made of. */
export interface Why {
  name: string
  where: string
  value: number | null
  raw: Record<string, number | null>
  /** Its two counters are not of one crowd. */
  mixed?: boolean
}

/** The mark of a figure of two crowds. */
export const MIXED = '▲'
/** A share with the mark where it is of two crowds; where it is no share, both its counters stand there. */
export function markedText(text: string, value: number | null | undefined, mixed: boolean, both: () => string): string {
  if (!mixed) return text
  return value === null || value === undefined ? `${both()} ${MIXED}` : `${text} ${MIXED}`
}

/** The ones everybody looks at; the groups hold the rest. */
export const KEY_FIGURES: readonly string[] = ['gmv_paid', 'orders_paid', 'online', 'uv', 'enter_rate', 'click_rate', 'conversion', 'value_per_buyer', 'gpm', 'stay_s']
export const GROUPS = ['sales', 'traffic', 'interest', 'orders', 'ads', 'after'] as const
export const COLOURS: Readonly<Record<string, string>> = { gmv_paid: 'var(--series-1)', gmv_created: 'var(--series-2)', online: 'var(--series-3)', comments: 'var(--series-5)' }

/** The names of a group, `key` for those everybody looks at. */
export function namesOf(group: string): readonly string[] {
  if (group === 'key') return KEY_FIGURES
  return Object.keys(FIGURE_BOOK).filter((name) => FIGURE_BOOK[name]?.group === group && ['all', 'whole'].includes(FIGURE_BOOK[name]?.window ?? ''))
}

/** A figure in its unit. */
export function figureText(value: number | null | undefined, unit: FigureUnit, currency: string): string {
  if (value === null || value === undefined) return '—'
  switch (unit) {
    case 'minor':
      return formatMoney(rounded(value, currency), currency)
    case 'ratio':
      return formatRatio(value)
    case 'times':
      return value.toFixed(2)
    case 'number':
      return value < 100 ? value.toFixed(1) : formatCount(value)
    case 'seconds':
      return formatSpan(value * 1000)
    case 'count':
      return formatCount(value)
  }
}

/** Money of a ratio to whole major units from a hundred on: nobody steers by the cents of an average. */
function rounded(minor: number, currency: string): number {
  const unit = 10 ** decimalsOf(currency)
  if (Number.isInteger(minor) || unit === 1 || minor < 100 * unit) return Math.round(minor)
  return Math.round(minor / unit) * unit
}

/** A raw counter in its unit. */
export function counterText(value: number | null | undefined, counter: string, currency: string): string {
  const basis = basisOf(counter)
  return figureText(value, basis === 'money' ? 'minor' : basis === 'seconds' ? 'seconds' : 'count', currency)
}

/** How far a target is reached, as a share; null without one, and of what only stands in for the figure. */
export function reached(tile: TileRow | undefined): number | null {
  if (tile === undefined || tile.instead !== '' || tile.value === null || tile.target === null || tile.target === 0) return null
  return tile.value / tile.target
}

/** Names of the steps from being shown to having paid: times (PV) and people (UV, '' where nobody can know). */
export const FUNNEL: readonly { step: string; times: string; people: string; /** The figure that knows whether the step before is of the same people. */ by?: string }[] = [
  { step: 'shown', times: 'imp', people: '' },
  { step: 'entered', times: 'pv', people: 'uv' },
  { step: 'saw', times: 'pimp', people: 'pimp_u', by: 'product_reach' },
  { step: 'clicked', times: 'clicks', people: 'pclk_u' },
  { step: 'ordered', times: 'orders_created', people: 'created_u', by: 'ctor' },
  { step: 'paid', times: 'orders_paid', people: 'buyers' },
]

/** The share of a step that came to the next; more than all is none: the two are not of one crowd (`mixed`, also where that is known otherwise). */
export function throughOf(part: number | null, whole: number | null, mixed = false): { share: number | null; mixed: boolean } {
  if (part === null || whole === null || whole === 0) return { share: null, mixed }
  return part > whole ? { share: null, mixed: true } : { share: part / whole, mixed }
}

/** Points of an inline sparkline in a box of `width` by `height`. */
export function sparkPoints(values: readonly number[], width: number, height: number): string {
  if (values.length < 2) return ''
  const top = Math.max(...values, 1)
  const step = width / (values.length - 1)
  return values.map((value, at) => `${(at * step).toFixed(1)},${(height - 1 - (value / top) * (height - 2)).toFixed(1)}`).join(' ')
}

export interface MinutePoint { minute: number; gmv_paid_minor: number | null; gmv_created_minor: number | null; orders_paid: number | null; orders_created: number | null; online: number | null; comments: number | null }

/** Nothing of what is told; unknown stays unknown. */
export const noughtOf = (count: number | null | undefined): 0 | null => (count === null || count === undefined ? null : 0)

/** A point for each minute from the first to the last: one without a row sold nothing, and who was there stayed. What nobody tells of is null. */
export function everyMinute(points: readonly MinutePoint[]): MinutePoint[] {
  const found: MinutePoint[] = []
  for (const point of points) {
    for (let last = found.at(-1); last !== undefined && last.minute + 1 < point.minute; last = found.at(-1)) {
      const [sold, comments] = [noughtOf(last.gmv_paid_minor), noughtOf(last.comments)]
      found.push({ minute: last.minute + 1, online: last.online, gmv_paid_minor: sold, gmv_created_minor: sold, orders_paid: sold, orders_created: sold, comments })
    }
    found.push(point)
  }
  return found
}

const SPAN_S = 600 // a show that has just begun is drawn as if it filled so much
const EARLIEST_S = Date.UTC(2000, 0) / 1000

/** From when to when the time axis goes, in seconds: of one minute alone a chart would draw a whole day. */
export function spanOf(points: number, low: number, high: number): [number, number] {
  if (!Number.isFinite(low)) return [low, high]
  return [low, points < 2 ? low + SPAN_S : Math.max(high, low + SPAN_S)]
}

/** What stands at the time axis; nothing while there is no minute, and a chart counts from 1970. */
export function axisTimes(splits: readonly number[], zone: string): string[] {
  return splits.map((at) => (at < EARLIEST_S ? '' : formatClock(at * 1000, zone)))
}

/** How many of these points are whole minutes; all of them once no clock runs. */
export function wholeMinutes(points: readonly MinutePoint[], now?: number): number {
  const last = points.at(-1)
  return last !== undefined && now !== undefined && (last.minute + 1) * 60_000 > now ? points.length - 1 : points.length
}

/** A figure nobody renewed for so long is grey, with its age; rooms of any life are heard of more often. */
export const OLD_MS = 60_000

/** How old the figures are, in ms, when that is old; null while they are fresh, or the show does not run. */
export function ageOf(at: number, now: number, live: boolean): number | null {
  return live && at > 0 && now - at > OLD_MS ? now - at : null
}

/** What earlier shows are compared by: a sum after as long on air, else the whole shows; of a ratio that needs no word. */
export function pastOf(name: string, tile: TileRow | undefined): 'median_then' | 'median_whole' | 'median' {
  if (tile?.median_same_time) return 'median_then'
  return FIGURE_BOOK[name]?.denominator === '' ? 'median_whole' : 'median'
}

/** The way from a figure of the whole show into the log: what was placed before air, and paid after the end, is told then. */
export function factsLink(showId: string, name: string): string {
  return `#/events/${encodeURIComponent(showId)}?types=${(FIGURE_BOOK[name]?.sources ?? []).join(',')}`
}
