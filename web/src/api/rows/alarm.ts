import type { Evidence } from './promo'

export type AlarmMove = 'promo' | 'reorder' | 'coupon' | 'pin' | 'answer' | 'ads'
export interface AlarmRule {
  alarm_id: string
  metric: string
  window: 'last_10' | 'whole' | 'now'
  side: 'below' | 'above'
  against: 'value' | 'prev_10' | 'median_7' | 'target'
  threshold: number
  hold_s: number
  cool_s: number
  move: AlarmMove
}
/** `alarm.board`, key alarm_id. */
export interface AlarmRow {
  rule: AlarmRule
  state: 'armed' | 'holding' | 'raised' | 'cooling'
  value: number | null
  limit: number | null
  compared: number | null
  since: number | null
  raised_at: number | null
  raise_id: string
  sample_seq: number
}
/** `alarm.raises`, key raise_id. */
export interface RaiseRow {
  raise_id: string
  alarm_id: string
  metric: string
  value: number
  limit: number
  compared: number | null
  move: AlarmMove
  evidence: Evidence[]
  product_id: string
  since: number
  raised_at: number
  seq: number
  cleared_at: number | null
  promo_ids: string[]
}
/** `alarm.moves`, key move_id. */
export interface MoveRow {
  move_id: string
  raise_id: string
  move: AlarmMove
  evidence: Evidence[]
  expected: string
  product_id: string
  cue_id: string
  text: string
  answer: string
  stage: 'proposed' | 'approved' | 'rejected'
  proposed_by: string
  proposed_at: number
  settled_by: string
  settled_at: number | null
  reason: string
}
/** `alarm.effects`, key `promo:<id>` or `move:<id>`. */
export interface MoveEffectRow {
  ref: string
  move: AlarmMove
  product_id: string
  at: number
  seq: number
  window_ms: number
  orders_before: number
  orders_after: number
  per: 'watch_s' | 'seconds'
  exposure_before: number
  exposure_after: number
  verdict: 'up' | 'down' | 'no_clear_effect' | 'too_little'
  ratio: number | null
  low: number | null
  high: number | null
  dispersion: number
  measured: boolean
  after_ms: number
  alongside: string[]
}
