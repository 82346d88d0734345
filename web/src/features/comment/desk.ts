/** The comment desk's reading of its rows. Pure. */
import type { CommentKind, CommentRow, FoundComment, OpenQuestionRow, ProductCard, QuestionTallyRow, Suggestion, TallyRow } from '@/api'
import { formatClock, formatCount, formatMoney } from '@/ui'
import type { SayWord } from '@/words/coupon'

export type Comment = FoundComment
/** An answer at hand; `none_on_air` is no answer, it asks which product is meant. */
export type AtHand = Omit<Suggestion, 'source'> & { source: Suggestion['source'] | 'none_on_air' }
/** One question, asked once or often; `ref` is who asked first. */
export interface Question extends OpenQuestionRow { ref: string }
export type Filter = 'all' | Exclude<CommentKind, 'other'>
/** What one asks the server for; every part narrows. */
export interface Asked { kind: Filter; words: string; productId: string; viewer: string; viewerName: string }
export const EVERYTHING: Asked = { kind: 'all', words: '', productId: '', viewer: '', viewerName: '' }
export const LATE_MS = 60_000
/** A list longer than this is not worked off from its end; the rest comes up when those above are gone. */
export const QUESTIONS_SHOWN = 60
export const TALLY = 'tally'
const CLOCKS_MAX = 2_000

function address(ref: string): [number, number] {
  const [seq = '0', index = '0'] = ref.split(':')
  return [Number(seq), Number(index)]
}

const places = new WeakMap<object, [number, number]>()
function placeOf(row: { ref: string }): [number, number] {
  let place = places.get(row)
  if (place === undefined) places.set(row, (place = address(row.ref)))
  return place
}
function order(a: { ref: string }, b: { ref: string }): number {
  const [x, y] = [placeOf(a), placeOf(b)]
  return x[0] - y[0] || x[1] - y[1]
}

const known = new WeakMap<object, object>()
/** A row with its address: the same object for the same row, so that a screen draws only what changed. */
function withRef<Row extends object>(ref: string, row: Row): Row & { ref: string } {
  const made = (known.get(row) as (Row & { ref: string }) | undefined) ?? { ...row, ref }
  known.set(row, made)
  return made
}

/** In the order of the log: what came first stands first, whatever the clocks of the platforms say. */
export function inOrder<Row extends object>(rows: ReadonlyMap<string, Row>): (Row & { ref: string })[] {
  return [...rows].map(([ref, row]) => withRef(ref, row)).sort(order)
}

/** The comments of the stream without its line of counters. */
export function commentsOf(rows: ReadonlyMap<string, CommentRow | TallyRow>): Comment[] {
  const found = new Map(rows as ReadonlyMap<string, CommentRow>)
  found.delete(TALLY)
  return inOrder(found)
}

export function tallyOf(rows: ReadonlyMap<string, CommentRow | TallyRow>): TallyRow | undefined {
  return rows.get(TALLY) as TallyRow | undefined
}

/** What is asked of the server, as a query string without its question mark. */
export function queryOf(asked: Asked): string {
  const query = new URLSearchParams()
  if (asked.kind !== 'all') query.set('kind', asked.kind)
  if (asked.productId !== '') query.set('product', asked.productId)
  if (asked.words.trim() !== '') query.set('text', cut(asked.words.trim(), 60))
  if (asked.viewer !== '') query.set('viewer', asked.viewer)
  return query.toString()
}

/** Questions that wait, who waits longest first. `hidden`: taken off here, while the server still holds them. */
export function waiting(rows: ReadonlyMap<string, OpenQuestionRow | QuestionTallyRow>, hidden: ReadonlySet<string>): Question[] {
  const found = new Map(rows as ReadonlyMap<string, OpenQuestionRow>)
  found.delete(TALLY)
  return inOrder(found).filter((one) => !hidden.has(one.ref))
}

/** How many wait for an answer here, and how many of those that are not settled the host has: these are not in the list. */
export function openOf(rows: ReadonlyMap<string, OpenQuestionRow | QuestionTallyRow>): { here: number; atHost: number } {
  const tally = rows.get(TALLY) as QuestionTallyRow | undefined
  const here = rows.size - (tally === undefined ? 0 : 1)
  return { here, atHost: Math.max(0, (tally?.open ?? 0) - here) }
}

/** What most people ask first; of those asked as often, who waits longest. */
export function mostAsked(questions: readonly Question[]): Question[] {
  return [...questions].sort((a, b) => b.count - a.count || order(a, b))
}

/** Has it waited too long? */
export function late(question: { at: number }, now: number): boolean {
  return now - question.at > LATE_MS
}

/** So many are told to be answered first, however many wait: red means act now, and nobody acts on seventy at once. */
export const URGENT_MAX = 3

/**
 * Of those that waited too long, the ones to answer first: what most ask, then who waits longest. One that was among them
 * (`before`) stays until it is dealt with, so that nothing moves under a hand.
 */
export function urgentOf(questions: readonly Question[], now: number, before: ReadonlySet<string>): ReadonlySet<string> {
  const tardy = questions.filter((one) => late(one, now))
  const there = new Set(tardy.map((one) => one.ref))
  const found = new Set([...before].filter((ref) => there.has(ref)))
  for (const one of mostAsked(tardy)) if (found.size < URGENT_MAX) found.add(one.ref)
  return found
}

/** The ones to answer first of all that wait, for a screen without their list. */
export function urgentNow(rows: ReadonlyMap<string, OpenQuestionRow | QuestionTallyRow>, now: number): Question[] {
  const open = waiting(rows, new Set())
  const urgent = urgentOf(open, now, new Set())
  return open.filter((one) => urgent.has(one.ref))
}

/** Those to answer first stand first, the others as they came. */
export function urgentFirst(questions: readonly Question[], urgent: ReadonlySet<string>): Question[] {
  const first = [...urgent].flatMap((ref) => questions.filter((one) => one.ref === ref))
  return [...first, ...questions.filter((one) => !urgent.has(one.ref))]
}

/**
 * The answer that stands on the product's card now, to a question that asks its price or stock; null for any other.
 * Who named no product is told which one it is; while none is on air, the answer is to ask which.
 */
export function answerNow(question: Pick<Question, 'asks' | 'product_id' | 'text' | 'named'>, card: ProductCard | undefined, t: SayWord): AtHand | null {
  if (question.asks === '') return null
  if (question.product_id === '') return { answer: t('comment.card.which'), question: question.text, source: 'none_on_air', product_id: '', show_title: '' }
  const answer = card === undefined ? '' : question.asks === 'price' ? priceNow(card, t) : stockNow(card, t)
  if (answer === '') return null
  return { answer: question.named ? answer : t('comment.card.of', { name: card?.name ?? '', answer }), question: question.text, source: 'sheet', product_id: question.product_id, show_title: '' }
}

function priceNow(card: ProductCard, t: SayWord): string {
  if (card.price_minor === null) return ''
  if (card.unsaid.includes('price')) return t('comment.card.price_unsaid')
  const parts = [t('comment.card.price', { price: formatMoney(card.price_minor, card.currency) })]
  if (card.sold_out) return [...parts, t('comment.card.sold_out')].join(t('comment.card.and'))
  if (card.coupon_price_minor !== null) parts.push(t('promo.coupon.after', { price: formatMoney(card.coupon_price_minor, card.currency) }))
  if (card.gift !== '' && !card.unsaid.includes('gift')) parts.push(t('comment.card.gift', { gift: card.gift }))
  return parts.join(t('comment.card.and'))
}

function stockNow(card: ProductCard, t: SayWord): string {
  if (card.sold_out) return t('comment.card.sold_out')
  return card.stock_left === null ? '' : t('comment.card.stock', { count: formatCount(card.stock_left) })
}

export const TONES: Record<CommentKind, 'watch' | 'good' | 'act' | 'info' | 'quiet'> = {
  question: 'watch', order: 'good', aftersales: 'act', praise: 'info', spam: 'quiet', other: 'quiet',
}

/** Each kind's own sign beside its word: colour is never the only one to tell. */
export const KIND_SIGNS: Record<CommentKind, string> = { question: '?', order: '+', aftersales: '!', praise: '♥', spam: '⊘', other: '·' }
/** In the order of their digits. */
export const KINDS: readonly CommentKind[] = ['question', 'order', 'aftersales', 'praise', 'spam', 'other']
/** The kind a digit stands for. */
export function kindOfDigit(key: string): CommentKind | undefined {
  return /^[1-6]$/.test(key) ? KINDS[Number(key) - 1] : undefined
}

/** The next of so many answers at hand, round and round. */
export function nextOf(at: number, many: number): number {
  return many === 0 ? 0 : (at + 1) % many
}

let clocks = new Map<string, string>()
/** The clock of a comment to the second. A room has many in one second, and telling the time costs. */
export function secondOf(at: number, zone: string): string {
  const key = `${zone} ${Math.floor(at / 1000)}`
  let told = clocks.get(key)
  if (told === undefined) {
    if (clocks.size > CLOCKS_MAX) clocks = new Map()
    clocks.set(key, (told = formatClock(at, zone, { seconds: true })))
  }
  return told
}

/** What became of a comment, as a sign beside the word. */
export const SIGNS: Record<string, string> = { handed: '→', replying: '…', reply_failed: '■', answered: '✓', dismissed: '×' }

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
