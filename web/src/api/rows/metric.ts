export type FigureUnit = 'minor' | 'count' | 'number' | 'ratio' | 'times' | 'seconds'
/** `metric.tiles`, key = metric name. */
export interface TileRow {
  value: number | null
  last_10: number | null
  prev_10: number | null
  unit: FigureUnit
  currency: string
  at: number
  numerator: number | null
  denominator: number | null
  median_7: number | null
  median_shows: number
  median_same_time: boolean
  target: number | null
  error: number
}
/** `metric.products`, key product_id. */
export interface ProductFigureRow {
  product_id: string
  clicks: number
  orders_created: number
  orders_paid: number
  units_paid: number
  gmv_created_minor: number
  gmv_paid_minor: number
  buyers: number
  last_order_at: number | null
  spark: number[]
  views: number
  clickers: number
  click_rate: number | null
  ctor: number | null
}
/** `metric.flows`, key = flow, `none` where nobody said. */
export interface FlowRow {
  flow: string
  impressions: number
  views: number
  uv: number
  clicks: number
  buyers: number
  orders_paid: number
  gmv_paid_minor: number
  enter_rate: number | null
  conversion: number | null
  uv_value_minor: number | null
}
/** `metric.retention`, key = minute since 1970 as text, and `all`. */
export interface RetentionRow { minute: number; entrants: number; steps: number[]; share: (number | null)[] }
/** `metric.spend`, key spend_id. */
export interface SpendFigureRow {
  spend_id: string
  at: number
  channel: string
  cost_minor: number
  impressions: number
  clicks: number
  gmv_minor: number
  note: string
  entered_by: string
  entered_at: number
  roi: number | null
  cpc_minor: number | null
}
/** `metric.cues`, key cue_id. */
export interface CueFigureRow {
  cue_id: string
  orders_created: number
  orders_paid: number
  gmv_created_minor: number
  gmv_paid_minor: number
  comments: number
  uv: number
  on_air_ms: number
  enters: number
  clicks: number
  buyers: number
  conversion: number | null
  gmv_per_hour_minor: number | null
}
/** `metric.minutes`, key = minute since 1970 as text. */
export interface MinuteRow {
  minute: number
  gmv_paid_minor: number
  gmv_created_minor: number
  orders_created: number
  orders_paid: number
  online: number
  enters: number
  comments: number
  likes: number
  clicks: number
  marks: string[]
}
