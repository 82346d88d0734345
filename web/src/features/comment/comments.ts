/** Comments as an assistant works them off. Pure. */
import type { CommentKind, CommentRow, OpenQuestionRow } from '@/api/rows'

/** A viewer who waits longer has mostly gone on to the next thing. */
export const LATE_MS = 60_000
export const FILTERS = ['all', 'question', 'order', 'aftersales'] as const
export type Filter = (typeof FILTERS)[number]

export interface CommentLine { ref: string; row: CommentRow }

/** The same question about the same product, asked once or often. `refs` oldest first; `row` is the first that asked. */
export interface Asked { ref: string; refs: string[]; row: OpenQuestionRow }

/** What one is about to answer, wherever it was chosen. */
export interface Target {
  ref: string
  refs: readonly string[]
  at: number
  name: string
  text: string
  productId: string
  kind: CommentKind
  /** From the product sheet, "" if it has none. */
  suggestion: string
  state: string
}

/** `seq:index` as a number, in the order of the log. */
function placeOf(ref: string): number {
  const at = ref.indexOf(':')
  return Number(ref.slice(0, at)) * 1_000_000 + Number(ref.slice(at + 1))
}

/** Oldest first: the newest stands at the end, as in every chat. */
export function inOrder<Row>(rows: ReadonlyMap<string, Row>): { ref: string; row: Row }[] {
  return [...rows].map(([ref, row]) => ({ ref, row, place: placeOf(ref) })).sort((a, b) => a.place - b.place)
}

/** Those of one kind that hold the words, in text or name. */
export function sift(lines: readonly CommentLine[], filter: Filter, search: string): readonly CommentLine[] {
  const words = search.trim().toLowerCase()
  if (filter === 'all' && words === '') return lines
  return lines.filter(({ row }) => {
    if (filter !== 'all' && row.kind !== filter) return false
    return words === '' || row.text.toLowerCase().includes(words) || row.name.toLowerCase().includes(words)
  })
}

/** Spaces, signs and the case of letters do not make another question. */
function sameness(row: OpenQuestionRow): string {
  return `${row.product_id} ${row.text.toLowerCase().replace(/[\s\p{P}\p{S}]+/gu, '') || row.text}`
}

/** Open questions with equal ones merged, longest waiting first. `hidden`: taken away here, not yet said to the server. */
export function merged(rows: ReadonlyMap<string, OpenQuestionRow>, hidden: ReadonlySet<string>): Asked[] {
  const found = new Map<string, Asked>()
  for (const { ref, row } of inOrder(rows)) {
    if (hidden.has(ref)) continue
    const same = sameness(row)
    const first = found.get(same)
    if (first === undefined) found.set(same, { ref, refs: [ref], row })
    else first.refs.push(ref)
  }
  return [...found.values()]
}

/** The key `step` places on, stopping at both ends. Nothing chosen: the first, or the last when going up. */
export function stepped(keys: readonly string[], chosen: string | null, step: number): string | null {
  const at = chosen === null ? -1 : keys.indexOf(chosen)
  if (at < 0) return (step > 0 ? keys[0] : keys.at(-1)) ?? null
  return keys[Math.max(0, Math.min(keys.length - 1, at + step))] ?? null
}

/** Which question to go on with when the one at `place` is done. */
export function following(asked: readonly Asked[], place: number): string | null {
  return (asked[place] ?? asked.at(-1))?.ref ?? null
}

export function questionTarget(asked: Asked): Target {
  const { row } = asked
  return { ref: asked.ref, refs: asked.refs, at: row.at, name: row.name, text: row.text, productId: row.product_id, kind: 'question', suggestion: row.answer, state: 'open' }
}

export function commentTarget(ref: string, row: CommentRow, question: OpenQuestionRow | undefined): Target {
  return {
    ref,
    refs: [ref],
    at: row.at,
    name: row.name,
    text: row.text,
    productId: question?.product_id || row.product_id,
    kind: row.kind,
    suggestion: question?.answer ?? '',
    state: row.state,
  }
}

/** Cut after `most` characters as people count them. */
export function cut(text: string, most: number): string {
  const signs = [...text]
  return signs.length <= most ? text : `${signs.slice(0, most - 1).join('')}…`
}
