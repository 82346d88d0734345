/** The rundown's clock as the server sends it in blocks of 32 cues, and what a running overrun makes of it. Pure. */
import type { ClockRow, CueRow, OnAirRow } from '@/api/rows'

export const CUES_PER_BLOCK = 32

/** Times of one cue; instants in ms UTC, lengths in ms. `slackMs` -1: a hard start, never moves. */
export interface Timing {
  plannedAt: number
  projectedAt: number
  lengthMs: number
  slackMs: number
  overlapMs: number
}

/** Timings in rank order; place i of block b is cue 32 b + i, counted from where row `bases` says the block begins. A missing block ends the list: what follows has no known place. */
export function decodeClock(rows: ReadonlyMap<string, ClockRow>): Timing[] {
  const timings: Timing[] = []
  const bases = rows.get('bases')
  for (let block = 0; rows.has(String(block)); block += 1) {
    const row = rows.get(String(block)) as ClockRow
    row.planned_ms.forEach((planned, place) => {
      timings[block * CUES_PER_BLOCK + place] = {
        plannedAt: (bases?.planned_base ?? 0) + (bases?.planned_ms[block] ?? 0) + row.planned_base + planned,
        projectedAt:
          (bases?.projected_base ?? 0) + (bases?.projected_ms[block] ?? 0) + row.projected_base + (row.projected_ms[place] ?? planned),
        lengthMs: row.length_ms[place] ?? 0,
        slackMs: row.slack_ms[place] === -1 ? -1 : (bases?.slack_ms[block] ?? 0) + (row.slack_ms[place] ?? 0),
        overlapMs: row.overlap_ms[place] ?? 0,
      }
    })
  }
  return timings
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

/** How far the cue on air is past its end; 0 while it is not, or nothing runs. */
export function overrunMs(onAir: OnAirRow | undefined, now: number): number {
  return onAir?.due_at == null ? 0 : Math.max(0, now - onAir.due_at)
}

/** What is left of the cue on air (negative: over), null when nothing runs. Stands still while held. */
export function leftMs(onAir: OnAirRow | undefined, now: number): number | null {
  if (!onAir) return null
  if (onAir.state === 'held') return onAir.left_ms
  return onAir.due_at == null ? null : onAir.due_at - now
}

/** Behind (+) or ahead (-) of the plan now. */
export function offsetMs(onAir: OnAirRow | undefined, now: number): number {
  return onAir ? onAir.offset_ms + overrunMs(onAir, now) : 0
}

/** A countdown rounds up, so that 0:01 stands until the second is over; an overrun rounds down. `-` means over. */
export function countdownText(left: number | null): string {
  if (left === null) return '–:––'
  const seconds = left >= 0 ? Math.ceil(left / 1000) : Math.floor(-left / 1000)
  return (left < 0 && seconds > 0 ? '−' : '') + spanText(seconds)
}

/** `+0:18` behind, `−1:05` ahead, `0:00` on time (under one second either way). */
export function offsetText(offset: number): string {
  const seconds = Math.trunc(offset / 1000)
  if (seconds === 0) return '0:00'
  return (seconds > 0 ? '+' : '−') + spanText(Math.abs(seconds))
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
