/** What still stands between a plan and a show that can go on air. Pure. */
import type { Cue, DeskRow, ProductCard, ShowRow, TaskCountsRow } from '@/api'
import { durationText } from './duration'
import type { Timing } from './timing'

export type Weight = 'act' | 'watch'

export interface Hint {
  code:
    | 'no_cues' | 'cue_without_product' | 'cue_without_lines' | 'product_without_price' | 'product_without_stock' | 'doubt_without_answer'
    | 'product_unused' | 'over_length' | 'under_length' | 'overlap' | 'no_goal' | 'price_over_list' | 'forbidden_words' | 'claims_undecided' | 'no_words' | 'starts_later' | 'starts_earlier' | 'tasks_open' | 'tasks_blocked'
  weight: Weight
  /** Where to go: a cue or a product. */
  cueId?: string
  productId?: string
  /** Column to show there. */
  column?: string
  /** Fills the sentence. */
  data: Record<string, string | number>
}

const MINUTE = 60_000

/** `desk`, `words` (how many lines the list of words has) and `tasks` are left out while they are not known. */
export function hintsOf(show: ShowRow | undefined, cues: readonly Cue[], products: ReadonlyMap<string, ProductCard>, length: Length, desk?: DeskRow, words?: number, tasks?: TaskCountsRow): Hint[] {
  return [
    ...taskHints(tasks),
    ...(cues.length === 0 ? [{ code: 'no_cues', weight: 'act', data: {} } as Hint] : []),
    ...cues.flatMap((cue, place) => cueHints(cue, place, products)),
    ...[...products.values()].flatMap((card) => productHints(card, cues)),
    ...lengthHints(length),
    ...apartHints(cues, length),
    ...(show !== undefined && show.goal_gmv_minor === 0 ? [{ code: 'no_goal', weight: 'watch', data: {} } as Hint] : []),
    ...(desk?.chosen === false ? [{ code: 'claims_undecided', weight: 'watch', data: {} } as Hint] : []),
    ...(words === 0 ? [{ code: 'no_words', weight: 'watch', data: {} } as Hint] : []),
  ]
}

/** Words a host must not say (the cue's own and its product's) that stand in what is to be said. */
export function forbiddenWords(cue: Cue, products: ReadonlyMap<string, ProductCard>): string[] {
  const card = cue.product_id === null ? undefined : products.get(cue.product_id)
  const said = [cue.mechanism, ...cue.host_lines].join('\n')
  return [...new Set([...cue.must_not_say, ...(card?.must_not_say ?? [])])].filter((word) => word !== '' && said.includes(word))
}

function taskHints(tasks?: TaskCountsRow): Hint[] {
  if (tasks === undefined) return []
  const open = tasks.required - tasks.required_done
  return [
    ...(open > 0 ? [{ code: 'tasks_open', weight: 'act', data: { count: open } } as Hint] : []),
    ...(tasks.blocked > 0 ? [{ code: 'tasks_blocked', weight: 'act', data: { count: tasks.blocked } } as Hint] : []),
  ]
}

function cueHints(cue: Cue, place: number, products: ReadonlyMap<string, ProductCard>): Hint[] {
  const data = { place: place + 1, title: cue.title }
  const hints: Hint[] = []
  if (cue.cue_type === 'product' && cue.product_id === null) {
    hints.push({ code: 'cue_without_product', weight: 'watch', cueId: cue.cue_id, column: 'product_id', data })
  }
  const words = forbiddenWords(cue, products)
  if (words.length > 0) {
    hints.push({ code: 'forbidden_words', weight: 'act', cueId: cue.cue_id, column: 'host_lines', data: { ...data, words: words.join('、') } })
  }
  if (cue.host_lines.length === 0) hints.push({ code: 'cue_without_lines', weight: 'watch', cueId: cue.cue_id, column: 'host_lines', data })
  return hints
}

function productHints(card: ProductCard, cues: readonly Cue[]): Hint[] {
  const hint = (code: Hint['code'], weight: Weight, column: string): Hint => ({
    code, weight, productId: card.product_id, column, data: { product: `${card.product_id} ${card.name}` },
  })
  const open = card.doubts.filter((doubt) => doubt.answer === '').length
  const over = card.live_price_minor !== null && card.list_price_minor !== null && card.live_price_minor > card.list_price_minor
  return [
    ...(card.live_price_minor === null ? [hint('product_without_price', 'act', 'live_price_minor')] : []),
    ...(over ? [hint('price_over_list', 'act', 'live_price_minor')] : []),
    ...(card.stock === null ? [hint('product_without_stock', 'watch', 'stock')] : []),
    ...(open > 0 ? [{ ...hint('doubt_without_answer', 'act', 'doubts'), data: { product: `${card.product_id} ${card.name}`, count: open } } as Hint] : []),
    ...(cues.some((cue) => cue.product_id === card.product_id) ? [] : [hint('product_unused', 'watch', 'name')]),
  ]
}

/** Planned length against the show's, ms. */
export interface Length {
  plannedMs: number
  showMs: number
  overlaps: number
  gaps: number
  /** By how much the first cue is planned later than the show begins; negative when earlier. */
  apartMs: number
}

/** Total of the cues, overlaps at fixed starts and gaps above them. */
export function lengthOf(timings: readonly Timing[], show: ShowRow | undefined): Length {
  const first = timings[0]
  const last = timings.at(-1)
  const apartMs = first && show ? first.plannedAt - show.starts_at : 0
  const plannedMs = first && last ? last.plannedAt + last.lengthMs - first.plannedAt : 0
  return {
    plannedMs,
    showMs: show === undefined ? 0 : show.ends_at - show.starts_at,
    overlaps: timings.filter((one) => one.overlapMs > 0).length,
    gaps: timings.filter((_, place) => gapAbove(timings, place, show?.starts_at) > 0).length,
    apartMs,
  }
}

/** Empty time between the end of the cue above (for the first: the start of the show) and this one's planned start, ms. */
export function gapAbove(timings: readonly Timing[], place: number, startsAt?: number): number {
  const here = timings[place]
  const above = timings[place - 1]
  const free = above ? above.plannedAt + above.lengthMs : place === 0 ? startsAt : undefined
  return here && free !== undefined ? Math.max(0, here.plannedAt - free) : 0
}

/** Up to an hour may be meant: a room that warms up, or a late first cue. */
const APART_MAX = 60 * MINUTE

/** Does the rundown begin when the show does? */
function apartHints(cues: readonly Cue[], { apartMs }: Length): Hint[] {
  const [first] = cues
  if (first === undefined || apartMs === 0) return []
  const data = { title: first.title, by: durationText(Math.abs(apartMs)) }
  return [{ code: apartMs > 0 ? 'starts_later' : 'starts_earlier', weight: Math.abs(apartMs) < APART_MAX ? 'watch' : 'act', cueId: first.cue_id, column: 'start_at', data }]
}

function lengthHints(length: Length): Hint[] {
  const delta = Math.round((length.plannedMs - length.showMs) / MINUTE)
  const hints: Hint[] = []
  if (length.overlaps > 0) hints.push({ code: 'overlap', weight: 'act', data: { count: length.overlaps } })
  if (length.plannedMs > 0 && delta > 0) hints.push({ code: 'over_length', weight: 'act', data: { minutes: delta } })
  if (length.plannedMs > 0 && delta < 0) hints.push({ code: 'under_length', weight: 'watch', data: { minutes: -delta } })
  return hints
}

/** How many fixed times stay behind when the show begins `laterMs` later; none where they wait at the new start already. */
export function behind(cues: readonly Cue[], firstAt: number | null, startsAt: number, laterMs: number): number {
  if (laterMs === 0 || firstAt === startsAt + laterMs) return 0
  return cues.filter((cue) => cue.start_at !== null).length
}
