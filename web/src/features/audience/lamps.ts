/** What a source's lamp says. Pure. */
import type { SourceRow } from '@/api'

export type LampState = 'good' | 'late' | 'out' | 'quiet' | 'over' | 'rest'
/** Behind by more than this, an answer comes after the question's moment. */
export const LAG_MS = 5_000
const ONE_BREATH_MS = 1_000 // a request's items and orders are one word

/** How long it has said nothing, in ms. */
export function quietFor(source: SourceRow, now: number): number {
  return Math.max(0, now - source.sealed_at)
}

export function lampState(source: SourceRow, now: number): LampState {
  if (!source.open) return 'rest'
  if (source.finished_at !== null) return 'over'
  if (quietFor(source, now) > source.quiet_after_ms) return source.misses && !spokeOnce(source) ? 'out' : 'quiet'
  return source.lag_ms > LAG_MS ? 'late' : 'good'
}

export interface Trouble { skew_ms: number; behind_ms: number; before_air: number; refused: number }

/** What is wrong with what it hands in: its clock runs ahead or is behind, orders fell before the show, or something could not be taken. */
export function troubles({ skew_ms, behind_ms, before_air, refused }: SourceRow): Trouble | null {
  return skew_ms > 0 || behind_ms > 0 || before_air > 0 || refused > 0 ? { skew_ms, behind_ms, before_air, refused } : null
}

export interface Coverage {
  /** The share of the time that it was heard. */
  time: number
  /** The share of its items that came, as far as it knows; null: it cannot know. */
  items: number | null
}

export function coverage(source: SourceRow, now: number): Coverage {
  const span = Math.max(1, (source.open && source.finished_at === null ? now : source.sealed_at) - source.first_at)
  const silent = source.silent_ms + (lampState(source, now) === 'out' ? quietFor(source, now) : 0)
  const items = source.missed === null ? null : source.events / Math.max(1, source.events + source.missed)
  return { time: Math.max(0, 1 - silent / span), items }
}

/** Spoke once and never says that it is there: a request by hand, of which nobody expects more. */
export function spokeOnce(source: SourceRow): boolean {
  return !source.beats && source.sealed_at - source.first_at < ONE_BREATH_MS
}

/** Whatever needs a look stands first; what spoke once and is gone stands behind all that works. */
export function byUrgency(sources: Iterable<SourceRow>, now: number): SourceRow[] {
  const rank: Record<LampState, number> = { out: 0, late: 1, quiet: 2, good: 3, over: 4, rest: 5 }
  const place = (source: SourceRow): number => {
    const state = lampState(source, now)
    return state === 'quiet' && spokeOnce(source) ? rank.over : rank[state]
  }
  return [...sources].sort((a, b) => place(a) - place(b) || a.source.localeCompare(b.source) || a.room.localeCompare(b.room))
}
