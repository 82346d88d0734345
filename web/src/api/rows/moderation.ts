/** A line of the word list: a word, or an RE2 pattern. */
export interface WordRule {
  rule_id: string
  text: string
  kind: 'word' | 'pattern'
  match: 'exact' | 'loose' | 'sound'
  does: 'mark' | 'hide' | 'mute'
  platforms: string[]
  mute_minutes: number
}
/** `moderation.words`, key rule_id. */
export interface WordRow { rule: WordRule; caught: number; released: number }
/** `moderation.allowed`, key the phrase. */
export interface AllowedRow { phrase: string; at: number }
/** `moderation.held`, key `seq:index`: hidden or marked, newest 300. */
export interface HeldRow {
  at: number
  held_at: number
  viewer: string
  name: string
  text: string
  source: string
  why: string
  marked: boolean
  rule_id: string
  how: string
  action_id: string
  by: string
}
/** `moderation.now`, key `now`. */
export interface GuardRow { slow: Record<string, number>; hidden: number; marked: number; muted: number; unread: number }
/** `moderation.log`, key action_id. */
export interface ActionRow {
  at: number
  by: string
  what: string
  source: string
  names: string[]
  count: number
  seconds: number
  until: number | null
  /** "" not asked, asked, done, or the platform's refusal. */
  platform: string
  undone_by: string
  undone_at: number | null
  undoes: string
}
/** `moderation.muted`, key `source/pseudonym`. */
export interface MutedRow {
  source: string
  viewer: string
  name: string
  since: number
  until: number | null
  by: string
  text: string
  action_id: string
}
