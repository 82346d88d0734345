/** The comment desk's reading of its rows. Pure. */
import type { CommentKind, CommentRow, OpenQuestionRow } from '@/api/rows'

export interface Comment extends CommentRow { ref: string }
/** One question about one product, asked once or often: `ref` is who asked first, `refs` all of them, `key` stays the same while one waits. */
export interface Question extends OpenQuestionRow { key: string; ref: string; refs: readonly string[] }
export type Filter = 'all' | 'question' | 'order' | 'aftersales'
export const LATE_MS = 60_000

function address(ref: string): [number, number] {
  const [seq = '0', index = '0'] = ref.split(':')
  return [Number(seq), Number(index)]
}

/** In the order of the log: what came first stands first, whatever the clocks of the platforms say. */
export function inOrder<Row>(rows: ReadonlyMap<string, Row>): (Row & { ref: string })[] {
  return [...rows]
    .map(([ref, row]) => ({ ...row, ref }))
    .sort((a, b) => {
      const [x, y] = [address(a.ref), address(b.ref)]
      return x[0] - y[0] || x[1] - y[1]
    })
}

export function matches(comment: CommentRow, filter: Filter, words: string): boolean {
  if (filter !== 'all' && comment.kind !== filter) return false
  const wanted = words.trim().normalize('NFKC').toLowerCase()
  return wanted === '' || `${comment.name} ${comment.text}`.normalize('NFKC').toLowerCase().includes(wanted)
}

/** Spaces, signs and the case of letters make no other question. */
function sameness(row: OpenQuestionRow): string {
  const words = row.text.normalize('NFKC').toLowerCase()
  return `${row.product_id} ${words.replace(/[\s\p{P}\p{S}]+/gu, '') || words}`
}

/**
 * Open questions, equal ones merged. A list that jumps cannot be worked off: what is in `before` (keys in order) keeps its
 * place, what is new comes below. `hidden`: addresses taken off here that the server still holds.
 */
export function merged(rows: ReadonlyMap<string, OpenQuestionRow>, before: readonly string[], hidden: ReadonlySet<string>): Question[] {
  const found = new Map<string, Question & { refs: string[] }>()
  for (const row of inOrder(rows)) {
    if (hidden.has(row.ref)) continue
    const key = sameness(row)
    const first = found.get(key)
    if (first === undefined) found.set(key, { ...row, key, refs: [row.ref] })
    else first.refs.push(row.ref)
  }
  const kept = before.flatMap((key) => found.get(key) ?? [])
  kept.forEach((one) => found.delete(one.key))
  return [...kept, ...found.values()]
}

/** Has it waited too long? */
export function late(question: OpenQuestionRow, now: number): boolean {
  return now - question.at > LATE_MS
}

export const TONES: Record<CommentKind, 'watch' | 'good' | 'act' | 'info' | 'quiet'> = {
  question: 'watch', order: 'good', aftersales: 'act', praise: 'info', other: 'quiet',
}

/** Cut to what the server takes, counted as it counts. */
export function cut(text: string, most: number): string {
  const signs = [...text]
  return signs.length <= most ? text : `${signs.slice(0, most - 1).join('')}…`
}

/** Who is chosen when the chosen one left the list: the one that took its place. */
export function heir(before: readonly string[], after: readonly string[], chosen: string | null): string | null {
  if (chosen === null || after.includes(chosen)) return chosen
  return after[before.indexOf(chosen)] ?? after.at(-1) ?? null
}

/** The next place of a selection that stops at both ends. */
export function step(keys: readonly string[], chosen: string | null, by: number): string | null {
  if (keys.length === 0) return null
  const at = chosen === null ? -1 : keys.indexOf(chosen)
  if (at < 0) return (by > 0 ? keys[0] : keys.at(-1)) ?? null
  return keys[Math.max(0, Math.min(keys.length - 1, at + by))] ?? null
}
