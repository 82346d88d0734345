/** Figures as an operator reads them. Pure. */
import type { TileRow } from '@/api/rows'
import { formatCount, formatMoney, formatRatio } from '@/ui'

export interface FigureSpec {
  name: string
  /** Facts behind it, for the way into the log. */
  types: string
  colour?: string
}

export const FIGURES: readonly FigureSpec[] = [
  { name: 'gmv_paid', types: 'order.paid', colour: 'var(--series-1)' },
  { name: 'gmv_created', types: 'order.created', colour: 'var(--series-2)' },
  { name: 'orders_paid', types: 'order.paid' },
  { name: 'orders_created', types: 'order.created' },
  { name: 'online', types: 'audience.batch', colour: 'var(--series-3)' },
  { name: 'uv', types: 'audience.batch' },
  { name: 'pv', types: 'audience.batch' },
  { name: 'conversion', types: 'order.paid,audience.batch' },
  { name: 'value_per_buyer', types: 'order.paid' },
  { name: 'comments', types: 'audience.batch', colour: 'var(--series-5)' },
]

/** A figure in its unit. */
export function figureText(value: number | null | undefined, unit: TileRow['unit'], currency: string): string {
  if (unit === 'minor') return formatMoney(value === null || value === undefined ? null : Math.round(value), currency)
  return unit === 'ratio' ? formatRatio(value) : formatCount(value)
}

/** Change of the last ten minutes against the ten before, as a share; null when there is nothing to compare with. */
export function deltaOf(tile: TileRow | undefined): number | null {
  if (tile === undefined || tile.last_10 === null || tile.prev_10 === null || tile.prev_10 === 0) return null
  return (tile.last_10 - tile.prev_10) / tile.prev_10
}

/** Units sold a minute over the last `minutes`, from a GMV spark and the price; null without a price. */
export function pacePerMinute(spark: readonly number[], priceMinor: number | null, minutes = 10): number | null {
  if (priceMinor === null || priceMinor <= 0) return null
  const recent = spark.slice(-minutes)
  if (recent.length === 0) return null
  return recent.reduce((sum, minor) => sum + minor, 0) / priceMinor / recent.length
}

/** Minutes until the stock is gone at this pace; null when it does not move or is unknown. */
export function minutesToEmpty(left: number | null, pace: number | null): number | null {
  if (left === null || pace === null || pace <= 0) return null
  return left / pace
}

/** Points of an inline sparkline in a box of `width` by `height`. */
export function sparkPoints(values: readonly number[], width: number, height: number): string {
  if (values.length < 2) return ''
  const top = Math.max(...values, 1)
  const step = width / (values.length - 1)
  return values.map((value, at) => `${(at * step).toFixed(1)},${(height - 1 - (value / top) * (height - 2)).toFixed(1)}`).join(' ')
}

export interface MinutePoint { minute: number; gmv_paid_minor: number; gmv_created_minor: number; orders_paid: number; orders_created: number; online: number; comments: number }

/** A point for each minute from the first to the last: one without a row sold nothing, and who was there stayed. */
export function everyMinute(points: readonly MinutePoint[]): MinutePoint[] {
  const found: MinutePoint[] = []
  for (const point of points) {
    for (let last = found.at(-1); last !== undefined && last.minute + 1 < point.minute; last = found.at(-1)) {
      found.push({ minute: last.minute + 1, online: last.online, gmv_paid_minor: 0, gmv_created_minor: 0, orders_paid: 0, orders_created: 0, comments: 0 })
    }
    found.push(point)
  }
  return found
}
