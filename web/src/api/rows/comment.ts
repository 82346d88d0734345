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
  moderates: boolean
  open: boolean
  finished_at: number | null
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
  /** Why moderation hid it (word, mute, slow, hand) or marked it (mark); "" when it did not. */
  held: string
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
  hidden: number
  last_minute: number
}
