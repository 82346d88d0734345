import type { RequestRow, ToldRow } from '@/api'

/** Who looks: their id, and the roles they hold. */
export interface Looker {
  person_id: string
  roles: readonly string[]
}
/** What a request is to who looks: theirs to answer, as one who was asked or who answers for it; one they wait for; an answer they got. */
export type Part = 'asked' | 'overdue' | 'waits' | 'told' | ''

/** How long an answer stays in sight (ms); what was said no to is in the log for good. */
export const TOLD_MS = 300_000

/** Sent to who is on duty; when nobody is, to all who hold the role. */
export function partOf(row: RequestRow, me: Looker, now: number): Part {
  if (row.state === 'open') {
    const mine = row.person_id === me.person_id
    if (now >= row.until && row.answers.some((role) => me.roles.includes(role))) return 'overdue'
    if (mine) return 'waits'
    const holds = row.waiting.some((role) => me.roles.includes(role))
    return holds && (row.on_duty.length === 0 || row.on_duty.includes(me.person_id)) ? 'asked' : ''
  }
  const no = row.state === 'declined' || row.state === 'refused'
  return no && row.person_id === me.person_id && now < row.at + TOLD_MS ? 'told' : ''
}

export interface Sent {
  stream: string
  row: RequestRow
  part: Part
}

/** What somebody has to see of these streams, oldest first. */
export function toSee(streams: readonly (readonly [string, ReadonlyMap<string, RequestRow>])[], me: Looker, now: number): Sent[] {
  return streams
    .flatMap(([stream, rows]) => [...rows.values()].map((row) => ({ stream, row, part: partOf(row, me, now) })))
    .filter((one) => one.part !== '')
    .sort((a, b) => a.row.asked_at - b.row.asked_at)
}

/** The newest thing done by somebody else after the seq one has `seen`, of which one is told; nothing when one begins to look (-1). */
export function newsFor(rows: ReadonlyMap<string, ToldRow>, me: Looker, seen: number): ToldRow | undefined {
  if (seen < 0) return undefined
  const news = [...rows].filter(([seq, row]) => Number(seq) > seen && row.person_id !== me.person_id && row.roles.some((role) => me.roles.includes(role)))
  return news.sort(([a], [b]) => Number(b) - Number(a))[0]?.[1]
}
