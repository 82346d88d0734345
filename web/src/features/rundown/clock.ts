/** The rundown's clock as the server sends it (lengths in blocks of 32 cues, and marks), and what a running overrun makes of it. Pure. */
import type { ClockRow, Cue, CueRow, OnAirRow } from '@/api'

/** Times of one cue; instants in ms UTC, lengths in ms. `slackMs` -1: a hard start, never moves. */
export interface Timing {
  plannedAt: number
  projectedAt: number
  lengthMs: number
  slackMs: number
  overlapMs: number
}

interface Course { at: number, length: number, slack: number, overlap: number }

/** Adds up one course: each cue starts where the one above ends, plus the wait of its mark. */
function course(rows: ReadonlyMap<string, ClockRow>, name: 'planned' | 'projected'): Course[] {
  const head = rows.get(name)
  const marks = new Map((head?.marks ?? []).map((mark) => [mark[0], mark] as const))
  const found: Course[] = []
  let at = head?.begins_at ?? 0
  let slack = 0
  for (let block = 0; head && rows.has(String(block)); block += 1) {
    const row = (name === 'planned' && rows.get(`planned ${block}`)) || (rows.get(String(block)) as ClockRow)
    for (const length of row.length_ms) {
      const mark = marks.get(found.length)
      at += mark?.[1] ?? 0
      slack = mark?.[2] ?? slack
      found.push({ at, length, slack, overlap: mark?.[3] ?? 0 })
      at += length
    }
  }
  return found
}

/** Timings in rank order. A missing block ends the list: what follows has no known place. */
export function decodeClock(rows: ReadonlyMap<string, ClockRow>): Timing[] {
  const planned = course(rows, 'planned')
  return course(rows, 'projected').map(({ at, length, slack, overlap }, i) => ({
    plannedAt: planned[i]?.at ?? at, projectedAt: at, lengthMs: length, slackMs: slack, overlapMs: overlap,
  }))
}

/** When a cue is expected now, with the cue on air `overrunMs` past its end: lateness is absorbed by slack first. */
export function expectedAt(timing: Timing, overrunMs: number): number {
  if (timing.slackMs < 0) return timing.projectedAt
  return timing.projectedAt + Math.max(0, overrunMs - timing.slackMs)
}

/** Cues in the order they are run. Ranks are compared as code units, as the server does. */
export function inOrder(rows: Iterable<CueRow>): CueRow[] {
  return [...rows].sort((a, b) => (a.rank < b.rank ? -1 : a.rank > b.rank ? 1 : 0))
}

/**
 * Lateness that grows by itself: how far the cue on air is past its end, and how long it has been held; before the first GO of a
 * show on air, how long that is overdue.
 */
export function overrunMs(onAir: OnAirRow | undefined, now: number): number {
  const stands = onAir?.left_ms ?? null
  if (stands !== null) return Math.max(0, now - (onAir?.held_at ?? now)) + Math.max(0, -stands)
  const due = (onAir?.state === 'before' ? onAir.begins_at : onAir?.due_at) ?? null
  return due === null ? 0 : Math.max(0, now - due)
}

/** How long a cue to come will be: one that counts to its end gets shorter by every moment that it begins late. */
export function expectedLength(cue: Pick<Cue, 'start_mode' | 'start_at' | 'duration_ms'>, timing: Timing, overrun: number): number {
  if (cue.start_mode !== 'count_to_end' || cue.start_at === null) return cue.duration_ms
  return Math.max(0, cue.start_at + cue.duration_ms - expectedAt(timing, overrun))
}

/** When the show is expected to end: slack on the way absorbs lateness first, a hard end (-1) never moves. */
export function expectedEnd(onAir: OnAirRow, overrun: number): number {
  if (onAir.end_slack_ms < 0) return onAir.projected_end_at
  return onAir.projected_end_at + Math.max(0, overrun - onAir.end_slack_ms)
}

/** What is left of the cue on air (negative: over), null when nothing runs. Stands still while held, unless it counts to its end. */
export function leftMs(onAir: OnAirRow | undefined, now: number): number | null {
  if (!onAir) return null
  return onAir.due_at === null ? onAir.left_ms : onAir.due_at - now
}

/** Behind (+) or ahead (-) of the plan now. */
export function offsetMs(onAir: OnAirRow | undefined, now: number): number {
  if (!onAir) return 0
  const overrun = overrunMs(onAir, now)
  return onAir.offset_ms + (onAir.state === 'before' ? Math.max(0, overrun - onAir.begins_slack_ms) : overrun)
}

/** A countdown rounds up, so that 0:01 stands until the second is over; an overrun rounds down. `-` means over. */
export function countdownText(left: number | null): string {
  if (left === null) return '–:––'
  const seconds = left >= 0 ? Math.ceil(left / 1000) : Math.floor(-left / 1000)
  return (left < 0 && seconds > 0 ? '−' : '') + spanText(seconds)
}

/** Which way an offset goes: the key of its word. On time is under one second either way. */
export function offsetWay(offset: number): 'rundown.offset.behind' | 'rundown.offset.ahead' | 'rundown.offset.on_time' {
  if (offset >= 1000) return 'rundown.offset.behind'
  return offset <= -1000 ? 'rundown.offset.ahead' : 'rundown.offset.on_time'
}

/** How far: `0:18`. The word beside it says which way; a sign would say it a second time, and be read as its contrary. */
export function offsetText(offset: number): string {
  return spanText(Math.abs(Math.trunc(offset / 1000)))
}

/** Seconds as m:ss, or h:mm:ss from an hour on. */
export function spanText(seconds: number): string {
  const two = (n: number): string => String(n).padStart(2, '0')
  const hours = Math.floor(seconds / 3600)
  const minutes = Math.floor((seconds % 3600) / 60)
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`
}

export type Pace = 'plenty' | 'warning' | 'over' | 'none'

/** Last 30 s of a cue warn; exactly 0 left is a warning still, below is over. */
export function pace(left: number | null): Pace {
  if (left === null) return 'none'
  if (left < 0) return 'over'
  return left <= 30_000 ? 'warning' : 'plenty'
}
