import type { OrderRow } from '@/api'
import { listed } from '@/ui'

/** Newest first; of orders of one instant, the one that came later. */
export function newestFirst(rows: Iterable<[string, OrderRow]>): [string, OrderRow][] {
  return [...rows].sort(([, a], [, b]) => b.created_at - a.created_at || b.seq - a.seq)
}

export const TONES = { created: 'info', paid: 'good', cancelled: 'quiet', refunded: 'watch', unconfirmed: 'watch' } as const

/** What became of an order, as people read it: the money of one that was paid after it was cancelled may not have gone back. */
export function stageOf(order: Pick<OrderRow, 'state' | 'unconfirmed'>): keyof typeof TONES {
  return order.unconfirmed ? 'unconfirmed' : order.state
}

/** Whether something else was paid for it than it was placed for. */
export function paidOtherwise(order: Pick<OrderRow, 'amount_minor' | 'paid_minor'>): boolean {
  return order.paid_minor !== null && order.paid_minor !== order.amount_minor
}

/** What was ordered, in words; what only the total says is money, and no goods. */
export function linesOf(order: Pick<OrderRow, 'lines'>, names: ReadonlyMap<string, string>): string {
  const sold = order.lines.filter((line) => line.quantity > 0)
  return listed(sold.map((line) => `${names.get(line.product_id) ?? line.product_id}${line.variant ? ` ${line.variant}` : ''} ×${line.quantity}`))
}
