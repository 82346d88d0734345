import type { OrderRow } from '@/api'

/** Newest first; of orders of one instant, the one that came later. */
export function newestFirst(rows: Iterable<[string, OrderRow]>): [string, OrderRow][] {
  return [...rows].sort(([, a], [, b]) => b.created_at - a.created_at || b.seq - a.seq)
}
