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
