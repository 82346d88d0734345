import { expect, it } from 'vitest'
import type { PromoRow, StockRow } from '@/api'
import { heldUnits, staying } from './leaving'

it('a show that ends leaves promos that are on, and claims that are held', () => {
  const promo = (promo_id: string, stage: PromoRow['stage'], stands: boolean): PromoRow =>
    ({ promo_id, stage, stands, proposed_at: 1, settled_at: null, applied_at: stands ? 1 : null, end_at: null, ended_at: null }) as PromoRow
  const rows = [promo('on', 'applied', true), promo('over', 'ended', false), promo('asked', 'proposed', false), promo('way', 'approved', false), promo('unseen', 'ending', false), promo('late', 'lapsed', false)]
  expect(staying(rows).map((one) => [one.promo.promo_id, one.word])).toEqual([['on', 'endPromo'], ['way', 'endWaiting'], ['unseen', 'endAsked']])
  const stock = (variant: string, held: number): StockRow => ({ variant, held }) as StockRow
  expect(heldUnits([stock('', 3), stock('粉', 2), stock('白', 1), stock('', 4)])).toBe(7)
})
