import type { CancelRow, OrderRow } from '@/api'

/** An order that somebody may ask to cancel, with what a person must see of it before. */
export interface Cancellable {
  platform: string
  order_id: string
  /** Whose, in words. */
  who: string
  paid: boolean
  /** What of it is beyond the stock, in words: it is cancelled whole all the same. */
  beyond?: string
}

export const keyOf = (order: Pick<Cancellable, 'platform' | 'order_id'>): string => `${order.platform}/${order.order_id}`

/** What waits for the back office, the longest first. */
export function waitingOf(rows: ReadonlyMap<string, CancelRow>): [string, CancelRow][] {
  return [...rows].filter(([, row]) => row.stage === 'waiting').sort(([, a], [, b]) => a.asked_at - b.asked_at)
}

/** Whether it can be asked for: something of the order is left, and nobody waits for it yet. */
export function mayAsk(order: Pick<OrderRow, 'gone'>, cancel: CancelRow | undefined): boolean {
  return !order.gone && cancel?.stage !== 'waiting'
}

export const unitsOf = (order: Pick<OrderRow, 'lines'>): number => order.lines.reduce((sum, line) => sum + line.quantity, 0)

/** What is cancelled in all; null where the whole of one is not known, or they are not of one currency. */
export function sumOf(orders: readonly (OrderRow | undefined)[]): { units: number; amountMinor: number; currency: string } | null {
  const known = orders.filter((order) => order !== undefined)
  const currency = known[0]?.currency ?? ''
  if (known.length < orders.length || known.some((order) => order.currency !== currency)) return null
  return { units: known.reduce((sum, order) => sum + unitsOf(order), 0), amountMinor: known.reduce((sum, order) => sum + (order.paid_minor ?? order.amount_minor) - order.refunded_minor, 0), currency }
}
