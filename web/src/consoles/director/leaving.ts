/** What a show that ends leaves behind. Pure. */
import type { PromoRow, StockRow } from '@/api'
import { sorted } from '@/features/promo'

/** Promos that stay on in the shop until somebody ends them. */
export const staying = (promos: Iterable<PromoRow>): PromoRow[] => sorted(promos).on

/** Units that claims hold and no order has taken. */
export function heldUnits(rows: Iterable<StockRow>): number {
  return [...rows].filter((row) => row.variant === '').reduce((sum, row) => sum + row.held, 0)
}
