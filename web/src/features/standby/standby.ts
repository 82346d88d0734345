/** What is asked of me before a cue, and how the caller sees it. Pure. */
import type { ListedShowRow, Reply, StandbyRow } from '@/api'

/** A role that is asked of me: the call, and what was answered for it so far. `gone`: it is asked no more. */
export interface Mine { call: StandbyRow; reply: Reply; gone?: boolean }

/** What is open and mine to answer: a standby before a warning, and by `place` in the rundown; what is answered stays until the cue went, so that it can be taken back. */
export function mineOf(rows: Iterable<StandbyRow>, me: string, place: (cueId: string) => number): Mine[] {
  const rank = (call: StandbyRow): number => (call.word === 'standby' ? 0 : 1)
  return [...rows]
    .filter((call) => call.state === 'open')
    .sort((a, b) => rank(a) - rank(b) || place(a.cue_id) - place(b.cue_id) || a.asked_at - b.asked_at)
    .flatMap((call) => call.replies.filter((reply) => reply.people.includes(me)).map((reply) => ({ call, reply })))
}

/** What is asked of a cue now. */
export function openOf(rows: ReadonlyMap<string, StandbyRow>, cueId: string): StandbyRow | undefined {
  const call = rows.get(cueId)
  return call?.state === 'open' ? call : undefined
}

/** By shape, never by colour alone: nothing yet, what it was ready for was changed, seen, ready, wait, and a role that nobody is in. */
export const SHAPES = { none: '○', changed: '↻', seen: '◐', ready: '✓', wait: '❚❚', nobody: '✕' } as const
export type Said = keyof typeof SHAPES
export function saidOf(reply: Reply): Said {
  if (reply.answer !== '') return reply.answer
  return reply.people.length === 0 ? 'nobody' : reply.changed ? 'changed' : 'none'
}

/** It was ready for what the cue said before, and has not said so again. */
export const isStale = (reply: Reply): boolean => reply.changed && (reply.answer === '' || reply.answer === 'seen')

/** Asked for so long without ready: it pulses. */
export const LATE_MS = 8_000
export const isLate = (call: StandbyRow, reply: Reply, now: number): boolean => call.word === 'standby' && reply.people.length > 0 && reply.answer !== 'ready' && now - call.asked_at > LATE_MS

/** What stands on GO of who is not ready: whoever said wait, and a role nobody is in, are no silence. */
export interface Lacking { waits: string[]; silent: string[]; uncovered: string[] }
export function lackingOf(call: StandbyRow | undefined): Lacking {
  if (call === undefined) return { waits: [], silent: [], uncovered: [] }
  const waits = call.replies.filter((reply) => reply.answer === 'wait').map((reply) => reply.role_id)
  return { waits, silent: call.missing.filter((role) => !waits.includes(role)), uncovered: call.uncovered }
}

/** By what its strip is found on the page. */
export const markOf = (stream: string, { call, reply }: Mine): string => `${stream}/${call.cue_id}/${reply.role_id}`

/** Each is a stream, and a line shows 32; those of the channels are mostly the same. */
export const ELSEWHERE_MAX = 4
/** Other shows on air, those that are no show last, then those that began nearest to now first. */
export function onAirElsewhere(shows: Iterable<ListedShowRow>, here: string | null, now: number): ListedShowRow[] {
  const far = (show: ListedShowRow): number => Math.abs(show.starts_at - now)
  const rank = (show: ListedShowRow): number => (show.rehearsal || show.simulated ? 1 : 0)
  const live = [...shows].filter((show) => show.state === 'live' && `show/${show.show_id}` !== here)
  return live.sort((a, b) => rank(a) - rank(b) || far(a) - far(b)).slice(0, ELSEWHERE_MAX)
}
