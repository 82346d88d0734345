/** What is asked of me before a cue, and how the caller sees it. Pure. */
import type { Reply, StandbyRow } from '@/api'

/** A role that is asked of me: the call, and what was answered for it so far. */
export interface Mine { call: StandbyRow; reply: Reply }

/** What is open and mine to answer, in the order it was asked; what is answered stays until the cue went, so that it can be taken back. */
export function mineOf(rows: Iterable<StandbyRow>, me: string): Mine[] {
  return [...rows]
    .filter((call) => call.state === 'open')
    .sort((a, b) => a.asked_at - b.asked_at)
    .flatMap((call) => call.replies.filter((reply) => reply.people.includes(me)).map((reply) => ({ call, reply })))
}

/** What is asked of a cue now. */
export function openOf(rows: ReadonlyMap<string, StandbyRow>, cueId: string): StandbyRow | undefined {
  const call = rows.get(cueId)
  return call?.state === 'open' ? call : undefined
}

/** By shape, never by colour alone: nothing yet, seen, ready, wait, and a role that nobody is in. */
export const SHAPES = { none: '○', seen: '◐', ready: '✓', wait: '❚❚', nobody: '✕' } as const
export type Said = keyof typeof SHAPES
export const saidOf = (reply: Reply): Said => (reply.people.length === 0 && reply.answer === '' ? 'nobody' : reply.answer === '' ? 'none' : reply.answer)

/** Asked for so long without ready: it pulses. */
export const LATE_MS = 8_000
export const isLate = (call: StandbyRow, reply: Reply, now: number): boolean => call.word === 'standby' && reply.people.length > 0 && reply.answer !== 'ready' && now - call.asked_at > LATE_MS
