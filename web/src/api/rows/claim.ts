export type ClaimState = 'held' | 'waiting' | 'checked_out' | 'paid' | 'gone' | 'none'
/** `claim.claims`, key claim_id. */
export interface ClaimRow {
  at: number
  ref: string
  buyer: string
  name: string
  text: string
  product_id: string
  variant: string
  asked: number
  rule: string
  price_minor: number | null
  currency: string
  held: number
  waits: number
  out: number
  paid: number
  released: number
  hold_until: number
  state: ClaimState
}
export interface HistoryEntry {
  at: number
  rule: string
  claim_id: string
  product_id: string
  variant: string
  asked: number
  units: number
  waits: number
  price_minor: number | null
  currency: string
  text: string
  order_id: string
}
/** `claim.buyers`, key `source/pseudonym`; newest entry first. */
export interface BuyerRow { name: string; blocked: boolean; last_at: number; entries: HistoryEntry[] }
/** `claim.numbers`, key `all`, `product/<id>` (units) and `currency/<code>` (amounts too). */
export interface ClaimNumbersRow {
  claimed: number
  checked_out: number
  paid: number
  cancelled: number
  expired: number
  waits: number
  refused: number
  currency: string
  claimed_minor: number
  checked_out_minor: number
  paid_minor: number
  cancelled_minor: number
}
/** `claim.stock`, key `product_id/variant`; `product_id/` is the product as a whole. */
export interface StockRow {
  product_id: string
  variant: string
  name: string
  keywords: string[]
  price_minor: number | null
  currency: string
  stock: number | null
  held: number
  ordered: number
  left: number | null
  claimed: number
  waits: number
  limit: number | null
  pace: number
  paced_at: number
  empty_at: number | null
  sold_out: boolean
  open: boolean
}
export interface ClaimPolicy {
  capture: 'off' | 'window' | 'always'
  hold_minutes: number
  per_buyer_limit: number | null
  duplicate: 'add' | 'replace' | 'ignore'
  repeat_ms: number
  waitlist: boolean
  cancel_by_comment: boolean
}
/** `claim.desk`, key `all`. */
export interface DeskRow { policy: ClaimPolicy; window_open: boolean; taking: boolean; since: number }
