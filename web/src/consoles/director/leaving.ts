/** What a show that ends leaves behind. Pure. */
import type { PromoRow, StockRow } from '@/api'
import { sorted } from '@/features/promo'

/** A promo that is not over, and the word for what it is when the show ends: on in the shop, never confirmed, or taken back unseen. */
export interface Staying {
  promo: PromoRow
  word: 'endPromo' | 'endWaiting' | 'endAsked'
}

/** What somebody still has to see to. */
export const staying = (promos: Iterable<PromoRow>): Staying[] => sorted(promos).on.map((promo) => ({ promo, word: wordOf(promo) }))

function wordOf(promo: PromoRow): Staying['word'] {
  if (promo.applied_at !== null) return 'endPromo'
  return promo.stage === 'approved' ? 'endWaiting' : 'endAsked'
}

/** Units that claims hold and no order has taken. */
export function heldUnits(rows: Iterable<StockRow>): number {
  return [...rows].filter((row) => row.variant === '').reduce((sum, row) => sum + row.held, 0)
}
