export type PromoKind = 'price' | 'gift'
export type PromoStage = 'proposed' | 'approved' | 'rejected' | 'withdrawn' | 'applied' | 'failed'
export interface Evidence { metric: string; value: number; unit: string; seq: number }
/** `promo.board`, key promo_id. */
export interface PromoRow {
  promo_id: string
  product_id: string
  kind: PromoKind
  price_was_minor: number
  price_minor: number
  currency: string
  gift: string
  reason: string
  expected: string
  evidence: Evidence[]
  stage: PromoStage
  proposed_by: string
  proposed_at: number
  settled_by: string
  settled_at: number | null
  applied_at: number | null
  failure: string
  note: string
}
