/** Times of one cue as the console hands them over; instants in ms UTC, lengths in ms. */
export interface Timing {
  plannedAt: number
  lengthMs: number
  overlapMs: number
}

/** One way to close an overlap: the value is a length for `change_duration`, else a start. */
export interface Fix {
  strategy: 'move_hard_start' | 'move_governing_start' | 'change_duration'
  cue_id: string
  value: number
}

/** `rundown.conflicts`, key cue_id. */
export interface OverlapRow {
  cue_id: string
  overlap_ms: number
  fixes: Fix[]
}
