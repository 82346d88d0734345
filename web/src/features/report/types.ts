/** GET /api/shows/{id}/report, as its page reads it. */
import type { ShowRow } from '@/api/rows'

export interface Where { types: string; from_at: number; to_at: number }
export interface Figure { value: number | null; unit: 'minor' | 'count' | 'number' | 'ratio' | 'times' | 'seconds'; numerator: number | null; denominator: number | null; events: Where }
export interface Mark { kind: 'cue' | 'promo' | 'pin' | 'draw'; id: string; title: string; at: number; seq: number }
export interface ReportMinute {
  minute: number
  gmv_paid_minor: number
  gmv_created_minor: number
  orders_created: number
  orders_paid: number
  online: number
  comments: number
  clicks: number
  marks: Mark[]
  events: Where
}
export interface Peak { series: 'gmv_paid' | 'online'; minute: number; value: number; usual: number; rise_from: number; causes: Mark[]; events: Where }
export interface PeakRule { back_minutes: number; gmv_times: number; online_times: number; deviations: number; apart_minutes: number; near_minutes: number }
export interface FunnelStep { step: 'shown' | 'entered' | 'saw' | 'clicked' | 'ordered' | 'paid'; times: number | null; people: number | null; through: number | null; events: Where }
export interface ReportSource {
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
  events: Where
}
export interface Retention { minute: number; entrants: number; steps: number[]; share: (number | null)[]; events: Where }
export interface Effect {
  orders_before: number
  orders_after: number
  window_ms: number
  per: 'watch_s' | 'seconds'
  verdict: 'up' | 'down' | 'no_clear_effect' | 'too_little'
  ratio: number | null
  low: number | null
  high: number | null
  measured: boolean
  alongside: string[]
}
export interface ReportProduct {
  product_id: string
  name: string
  clicks: number
  orders_created: number
  orders_paid: number
  units_paid: number
  gmv_created_minor: number
  gmv_paid_minor: number
  buyers: number
  stock_left: number | null
  events: Where
}
export interface ReportPass { pass_id: string; went_at: number; ended_at: number | null; via: string; seq: number }
export interface ReportCue {
  cue_id: string
  no: number
  title: string
  status: string
  passes: ReportPass[]
  planned_ms: number
  actual_ms: number
  diff_ms: number | null
  gmv_paid_minor: number
  gmv_created_minor: number
  orders_paid: number
  goal_gmv_minor: number | null
  events: Where
}
export interface Around { window_ms: number; orders_paid: number; gmv_paid_minor: number; clicks: number }
export interface ReportPromo {
  promo_id: string
  product_id: string
  name: string
  kind: 'price' | 'gift'
  price_was_minor: number
  price_minor: number
  gift: string
  stage: string
  proposed_by: string
  settled_by: string
  proposed_at: number
  approved_at: number | null
  applied_at: number | null
  failure: string
  before: Around | null
  after: Around | null
  effect: Effect | null
  events: Where
}
export interface ReportMove {
  move_id: string
  move: string
  metric: string
  product_id: string
  name: string
  stage: 'proposed' | 'approved' | 'rejected'
  proposed_by: string
  proposed_at: number
  settled_by: string
  settled_at: number | null
  effect: Effect | null
  events: Where
}
export interface ReportQuestion {
  text: string
  count: number
  answered: number
  handed: number
  first_at: number
  answered_by: string
  answered_at: number | null
  took_ms: number | null
  product_id: string
  sample_refs: string[]
  events: Where
}
export interface ShowReport {
  show: ShowRow
  summary: Record<string, Figure>
  minutes: ReportMinute[]
  peaks: Peak[]
  peak_rule: PeakRule
  funnel: FunnelStep[]
  sources: ReportSource[]
  retention: Retention[]
  products: ReportProduct[]
  cues: ReportCue[]
  promos: ReportPromo[]
  moves: ReportMove[]
  questions: ReportQuestion[]
  people: Record<string, string>
  generated_seq: number
}

/** The way from a number into the log. */
export function eventsLink(showId: string, where: Where): string {
  const query = new URLSearchParams()
  if (where.types !== '') query.set('types', where.types)
  query.set('from', String(where.from_at))
  query.set('to', String(where.to_at))
  return `#/events/${encodeURIComponent(showId)}?${query}`
}
