/**
 * Rows of the server's views, narrowed where the server says `str` and means one of a few words.
 * tests/rows.types.ts compares them, field for field, with the generated schema.d.ts.
 */

// ---- show
export interface CrewMember { person_id: string; name: string; roles: string[] }
export type ShowState = 'planned' | 'live' | 'ended'
/** `show.head`, key `show`. */
export interface ShowRow {
  show_id: string
  title: string
  state: ShowState
  starts_at: number
  ends_at: number
  timezone: string
  currency: string
  goal_gmv_minor: number
  theme: string
  channel: string
  crew: CrewMember[]
  aired_at: number | null
  ended_at: number | null
  rehearsal: boolean
}
/** `show.list` of workspace/main, key show_id. */
export interface ListedShowRow {
  show_id: string
  title: string
  state: ShowState
  starts_at: number
  ends_at: number
  timezone: string
  rehearsal: boolean
}

// ---- workspace
/** `workspace.head`, key `workspace`. */
export interface WorkspaceRow { name: string }
/** `workspace.names`, key person_id or token_id; also of those who left. */
export interface NameRow { name: string; kind: 'person' | 'token' }
/** `workspace.people`, key person_id. */
export interface PersonRow { person_id: string; name: string; roles: string[] }
/** `workspace.tokens`, key token_id. */
export interface TokenRow { token_id: string; label: string; roles: string[]; issued_at: number }

// ---- rundown
export type CueType = 'product' | 'interaction' | 'promo' | 'draw' | 'break'
export type StartMode = 'soft' | 'hard' | 'gap' | 'count_to_end'
export interface Cue {
  cue_id: string
  title: string
  duration_ms: number
  cue_type: CueType
  start_mode: StartMode
  start_at: number | null
  product_id: string | null
  item_type: string
  mechanism: string
  host_lines: string[]
  proof: string
  assistant_action: string
  operations_action: string
  tech_action: string
  must_not_say: string[]
  fallback: string
  goal_gmv_minor: number | null
  extra: Record<string, string>
}
/** `rundown.cues`, key cue_id; sort by `rank`. */
export interface CueRow {
  cue: Cue
  rank: string
  status: 'planned' | 'live' | 'done' | 'skipped'
  skipped: boolean
  went_at: number | null
  ended_at: number | null
  passes: number
}
/** `rundown.clock`: lengths in rows `0`, `1`, … (32 cues each); `projected` and `planned` say where cue 0 begins, and marks
 * [place, wait_ms, slack_ms, overlap_ms]; `planned 0`, … only where the plan's lengths differ. Read it with decodeClock. */
export interface ClockRow {
  begins_at: number
  length_ms: number[]
  marks: [place: number, waitMs: number, slackMs: number, overlapMs: number][]
}
/** `rundown.on_air`, key `now`. */
export interface OnAirRow {
  state: 'before' | 'running' | 'held' | 'finished'
  cue_id: string | null
  cue_no: number
  cue_count: number
  next_cue_id: string | null
  title: string
  next_title: string
  went_at: number | null
  due_at: number | null
  left_ms: number | null
  length_ms: number
  added_ms: number
  offset_ms: number
  relative_offset_ms: number
  started_at: number | null
  planned_end_at: number
  projected_end_at: number
  pass_id: string
  held_at: number | null
  end_slack_ms: number
}
/** One edit that closes a conflict: `change_duration` sets a length in ms, the others a start. */
export interface Fix { strategy: 'change_duration' | 'move_governing_start' | 'move_hard_start'; cue_id: string; value: number }
/** `rundown.conflicts`, key cue_id of a hard start the cues above run into. */
export interface ConflictRow { cue_id: string; overlap_ms: number; fixes: Fix[] }
export interface FieldChange { field: string; was: unknown; to: unknown }

// ---- prompter
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

// ---- product
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

// ---- promo
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

// ---- audience, comment
/** `audience.sources`, key `source/room`. */
export interface SourceRow {
  source: string
  room: string
  events: number
  comments: number
  duplicates: number
  late: number
  /** Items the source knows it lost; null: it cannot know. */
  missed: number | null
  lag_ms: number
  first_at: number
  last_at: number
  sealed_at: number
  usual_ms: number
  quiet_after_ms: number
  silent_ms: number
  outages: number
  replies: boolean
  open: boolean
}
export type CommentKind = 'question' | 'order' | 'aftersales' | 'praise' | 'spam' | 'other'
/** `comment.stream` and `comment.window`, key `seq:index`. */
export interface CommentRow {
  at: number
  viewer: string
  name: string
  text: string
  source: string
  kind: CommentKind
  product_id: string
  state: string
  corrected: boolean
}
/** An answer at hand: of the product sheet, of this show, or of the team's earlier shows. */
export interface Suggestion { answer: string; question: string; source: 'sheet' | 'show' | 'team'; product_id: string; show_title: string }
/** `comment.stream`, key `tally`: what its rows are a sample of. */
export interface TallyRow { count: number; since_at: number; matched: number; sampled: number }
/** `comment.questions`, key = the address of who asked first. */
export interface OpenQuestionRow {
  at: number
  last_at: number
  name: string
  text: string
  product_id: string
  answer: string
  count: number
  askers: string[]
  source: string
  state: string
  suggestions: Suggestion[]
}
/** `comment.questions`, key `tally`. */
export interface QuestionTallyRow { open: number; asked: number; unlisted: number }
/** One comment of `GET /api/shows/{show_id}/comments`. */
export interface FoundComment extends CommentRow { ref: string }
export interface CommentPage { rows: FoundComment[]; older: string | null; newer: string | null; looked_from_at: number | null; looked_to_at: number | null }
/** `comment.counts`, key `all`. */
export interface CommentCountRow {
  comments: number
  questions: number
  orders: number
  aftersales: number
  praise: number
  spam: number
  answered: number
  last_minute: number
}

// ---- order
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

// ---- metric
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

// ---- claim
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

// ---- envelope
export interface Actor { id: string; role: string; duty: string }
export interface Fact { type: string; [field: string]: unknown }
export interface EventRecord {
  stream: string
  seq: number
  at: number
  actor: Actor
  fact: Fact
  mode?: 'live' | 'rehearsal'
  cause?: number | null
}

// ---- imports
export interface ImportNote { cell: string; code: string; text: string; message: string }
export interface ImportRow { row: number; status: 'ok' | 'partial' | 'skipped'; title: string; notes: ImportNote[] }
export interface ImportReport {
  filename: string
  sheet: string
  header_row: number
  columns: { header: string; field: string | null }[]
  rows: ImportRow[]
  imported: number
  head: Record<string, unknown>
}

// ---- alarm
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

// ---- draw
export interface DrawPrize { name: string; count: number }
export interface DrawWinner { rank: number; prize: string; key: string; name: string }
/** `draw.board`, key draw_id. */
export interface DrawRow {
  title: string
  keyword: string
  stage: string
  minutes: number
  prizes: DrawPrize[]
  followed: boolean
  bought: boolean
  not_won: boolean
  opens_at: number | null
  closes_at: number | null
  entries: number
  entrants: number | null
  excluded: Record<string, number>
  commitment: string
  entrants_hash: string
  beacon_source: string
  beacon: string
  seed: string
  winners: DrawWinner[]
  dropped: Record<string, string>
  reason: string
}
