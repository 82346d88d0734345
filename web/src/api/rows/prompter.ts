export type Signal = 'green' | 'yellow' | 'red'
/** `prompter.host`, key `now`. */
export interface HostRow {
  show_state: string
  cue_id: string | null
  cue_title: string
  cue_type: string
  host_lines: string[]
  must_not_say: string[]
  next_title: string
  product_id: string | null
  product_name: string
  list_price_minor: number | null
  price_minor: number | null
  currency: string
  stock_left: number | null
  sold_out: boolean
  promo_state: '' | 'approved' | 'applied' | 'failed'
  promo_price_minor: number | null
  promo_gift: string
  promo_at: number | null
  message: string
  message_at: number | null
  signal: Signal | ''
}
/** `prompter.questions`, key question_id. */
export interface QuestionRow {
  question_id: string
  text: string
  answer: string
  asked_by: string
  product_id: string | null
  comment_ref: string | null
  handed_at: number
}
