import type { CancelRow, OrderRow } from '@/api'

/** An order that somebody may ask to cancel, with what a person must see of it before. */
export interface Cancellable {
  platform: string
  order_id: string
  /** Whose, and what is in it, in words. */
  who: string
  what: string
  paid: boolean
}

/** What waits for the back office, the longest first. */
export function waitingOf(rows: ReadonlyMap<string, CancelRow>): [string, CancelRow][] {
  return [...rows].filter(([, row]) => row.stage === 'waiting').sort(([, a], [, b]) => a.asked_at - b.asked_at)
}

/** Whether it can be asked for: something of the order is left, and nobody waits for it yet. */
export function mayAsk(order: Pick<OrderRow, 'state' | 'amount_minor' | 'refunded_minor'>, cancel: CancelRow | undefined): boolean {
  const gone = order.state === 'cancelled' || (order.state === 'refunded' && order.refunded_minor >= order.amount_minor)
  return !gone && cancel?.stage !== 'waiting'
}
