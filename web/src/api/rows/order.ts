export interface OrderLine { product_id: string; quantity: number; price_minor: number; variant: string }
/** `order.latest`, key `platform/order_id`. */
export interface OrderRow {
  order_id: string
  platform: string
  buyer: string
  lines: OrderLine[]
  amount_minor: number
  currency: string
  state: 'created' | 'paid' | 'cancelled' | 'refunded'
  created_at: number
  changed_at: number
}
/** `order.counts`, key `all`. */
export interface OrderCountRow {
  created: number
  paid: number
  cancelled: number
  refunded: number
  created_minor: number
  paid_minor: number
  /** What a platform told out of order or of unknown orders: counted, never guessed. */
  odd: number
}
