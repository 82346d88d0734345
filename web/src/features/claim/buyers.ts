/** Buyers by what they claimed and by what they ordered: whoever paid and never wrote a comment is one, too. Pure. */
import type { BuyerRow, OrderRow } from '@/api'

export const buyerOf = (order: OrderRow): string => `${order.people || order.platform}/${order.buyer}`

/** Everybody of both; of who only ordered nothing is known but that. */
export function withOrders(rows: ReadonlyMap<string, BuyerRow>, orders: Iterable<OrderRow>): Map<string, BuyerRow> {
  const found = new Map(rows)
  for (const order of orders) {
    const buyer = buyerOf(order)
    const before = found.get(buyer)
    if (order.buyer === '' || (before !== undefined && before.last_at >= order.created_at)) continue
    found.set(buyer, { name: before?.name ?? '', blocked: before?.blocked ?? false, entries: before?.entries ?? [], last_at: order.created_at })
  }
  return found
}

/** Who has an order with this number, or with these signs in it. */
export function byOrder(orders: Iterable<OrderRow>, words: string): Set<string> {
  const asked = words.normalize('NFKC').trim().toLocaleLowerCase()
  if (asked === '') return new Set()
  return new Set([...orders].filter((order) => order.buyer !== '' && order.order_id.toLocaleLowerCase().includes(asked)).map(buyerOf))
}

/** How many orders each buyer has. */
export function ordersOf(orders: Iterable<OrderRow>): Map<string, number> {
  const counts = new Map<string, number>()
  for (const order of orders) counts.set(buyerOf(order), (counts.get(buyerOf(order)) ?? 0) + 1)
  return counts
}
