export interface Doubt { question: string; answer: string }
export interface ProductSheet {
  product_id: string
  name: string
  variants?: string[]
  item_type?: string
  cost_minor?: number | null
  list_price_minor?: number | null
  live_price_minor?: number | null
  stock?: number | null
  per_buyer_limit?: number | null
  selling_points?: string[]
  doubts?: Doubt[]
  certificates?: string[]
  must_not_say?: string[]
}
/** `product.cards`, key product_id. */
export interface ProductCard {
  product_id: string
  name: string
  currency: string
  variants: string[]
  item_type: string
  cost_minor: number | null
  list_price_minor: number | null
  live_price_minor: number | null
  price_minor: number | null
  gift: string
  stock: number | null
  stock_left: number | null
  per_buyer_limit: number | null
  selling_points: string[]
  doubts: Doubt[]
  certificates: string[]
  must_not_say: string[]
  pinned: boolean
  sold_out: boolean
}
