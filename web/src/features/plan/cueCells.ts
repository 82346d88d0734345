/** How a cue's fields are written into cells and read back. Pure. */
import { ITEM_WORDS, type Cue, type CueType, type ProductCard, type StartMode } from '@/api'
import { halfWidth, moneyText, parseLines, parseMoney, same, type Change } from '@/ui/sheet'
import { durationText, parseDuration } from './duration'
import { parseClock, zonedTime } from './instants'

export const CUE_TYPES: readonly CueType[] = ['product', 'interaction', 'promo', 'draw', 'break']
export const START_MODES: readonly StartMode[] = ['soft', 'hard', 'gap', 'count_to_end']
export const ITEM_TYPES = ['', 'traffic', 'welfare', 'hero', 'profit', 'image'] as const
export const HOST_LINES_MAX = 3 // what a host takes in at a glance
const TITLE_MAX = 200

const EXTRA = 'extra:'

export interface PlanContext {
  zone: string
  startsAt: number
  currency: string
  products: ReadonlyMap<string, ProductCard>
  /** When the cue is planned to start now: what a fixed start begins with. */
  plannedAt: number | null
  /** Words of choices in the reader's language, by value, so that pasted words are understood. */
  words: { cue_type: Record<string, string>; start_mode: Record<string, string>; item_type: Record<string, string> }
}

/** Words of other teams for the same types. */
const SYNONYMS: Record<string, Readonly<Record<string, string>>> = {
  item_type: ITEM_WORDS,
  cue_type: {
    商品: 'product', 商品講解: 'product', 商品讲解: 'product', 商品返場: 'product', 互動: 'interaction', 互动: 'interaction',
    促銷: 'promo', 促销: 'promo', 抽獎: 'draw', 抽奖: 'draw', 福袋: 'draw', 休息: 'break', 過場: 'break', 过场: 'break',
  },
  start_mode: { 軟: 'soft', 软: 'soft', 硬: 'hard', 固定: 'hard', 間隔: 'gap', 间隔: 'gap' },
}

/** The field a column writes: an imported column without a field of its own lives in `extra`. */
export const fieldOf = (column: string): string => (column.startsWith(EXTRA) ? 'extra' : column)
export const extraColumn = (header: string): string => EXTRA + header
export const extraName = (column: string): string => column.slice(EXTRA.length)

export function valueOf(cue: Cue, column: string): unknown {
  return column.startsWith(EXTRA) ? (cue.extra[extraName(column)] ?? '') : cue[column as keyof Cue]
}

/** The text an editor starts with; `cellValue` of it is the same value again. */
export function editText(value: unknown, column: string, ctx: PlanContext): string {
  if (value === null || value === undefined) return ''
  switch (column) {
    case 'duration_ms':
      return durationText(value as number)
    case 'start_at':
      return clockText(value as number, ctx)
    case 'goal_gmv_minor':
      return moneyText(value as number, ctx.currency)
    case 'host_lines':
    case 'must_not_say':
      return (value as string[]).join('\n')
    default:
      return String(value)
  }
}

/** `20:30`; past midnight of the show's first day in hours over 24: `25:10`. */
export function clockText(at: number, ctx: Pick<PlanContext, 'zone' | 'startsAt'>): string {
  const time = zonedTime(at, ctx.zone)
  const start = zonedTime(ctx.startsAt, ctx.zone)
  const days = Math.round((Date.UTC(time.year, time.month - 1, time.day) - Date.UTC(start.year, start.month - 1, start.day)) / 86_400_000)
  const two = (n: number): string => String(n).padStart(2, '0')
  return `${two(time.hour + 24 * Math.max(0, days))}:${two(time.minute)}${time.second > 0 ? `:${two(time.second)}` : ''}`
}

/** What is wrong, as the key of a sentence. */
export type Wrong =
  | 'title' | 'duration' | 'clock' | 'money' | 'lines' | 'cue_type' | 'start_mode' | 'item_type' | 'product' | 'read_only'

export type Read = { value: unknown } | { wrong: Wrong }

/** A typed or pasted text as the value of a column. */
export function cellValue(text: string, column: string, ctx: PlanContext): Read {
  const typed = text.trim()
  switch (column) {
    case 'title':
      return titleOf(typed.replace(/\s*\n\s*/g, '／'))
    case 'duration_ms':
      return found(parseDuration(typed), 'duration')
    case 'start_at':
      return typed === '' ? { value: null } : found(parseClock(typed, ctx.zone, ctx.startsAt), 'clock')
    case 'goal_gmv_minor':
      return typed === '' ? { value: null } : found(parseMoney(typed, ctx.currency), 'money')
    case 'host_lines':
      return lines(typed)
    case 'must_not_say':
      return { value: parseLines(typed.replaceAll('、', '\n')) }
    case 'product_id':
      return typed === '' ? { value: null } : found(productNamed(typed, ctx.products), 'product')
    case 'cue_type':
    case 'start_mode':
    case 'item_type':
      return found(choiceNamed(typed, column, ctx), column)
    case 'place':
    case 'planned_at':
      return { wrong: 'read_only' }
    default:
      return { value: text.replace(/\s+$/, '') }
  }
}

const titleOf = (title: string): Read => (title === '' || title.length > TITLE_MAX ? { wrong: 'title' } : { value: title })

const found = (value: unknown, wrong: Wrong): Read => (value === null ? { wrong } : { value })

function lines(text: string): Read {
  const points = parseLines(text)
  return points.length > HOST_LINES_MAX ? { wrong: 'lines' } : { value: points }
}

function productNamed(text: string, products: ReadonlyMap<string, ProductCard>): string | null {
  const typed = halfWidth(text)
  if (products.has(typed)) return typed
  const lower = typed.toLowerCase()
  const all = [...products.values()]
  const exact = all.find((one) => one.product_id.toLowerCase() === lower || one.name.toLowerCase() === lower)
  if (exact) return exact.product_id
  const begins = all.filter((one) => lower.startsWith(`${one.product_id.toLowerCase()} `))
  return begins.length === 1 ? (begins[0]?.product_id ?? null) : null
}

function choiceNamed(text: string, column: 'cue_type' | 'start_mode' | 'item_type', ctx: PlanContext): string | null {
  const typed = halfWidth(text)
  const values: readonly string[] = { cue_type: CUE_TYPES, start_mode: START_MODES, item_type: ITEM_TYPES }[column]
  if (values.includes(typed.toLowerCase())) return typed.toLowerCase()
  const named = Object.entries(ctx.words[column]).find(([, word]) => word.toLowerCase() === typed.toLowerCase())
  return named?.[0] ?? SYNONYMS[column]?.[typed.toLowerCase()] ?? null
}

/**
 * The changes one cell's new value makes. A time typed for a soft cue fixes its start; a mode that needs a time takes the planned
 * one; a soft cue has none.
 */
export function changesOf(cue: Cue, column: string, value: unknown, ctx: PlanContext): Change[] {
  const change = (field: keyof Cue, to: unknown): Change => ({ field, was: cue[field], to })
  const changes = ((): Change[] => {
    if (column.startsWith(EXTRA)) return [change('extra', { ...cue.extra, [extraName(column)]: value })]
    if (column === 'start_at') {
      if (value === null) return [change('start_mode', 'soft'), change('start_at', null)]
      return [change('start_at', value), ...(cue.start_mode === 'soft' ? [change('start_mode', 'hard')] : [])]
    }
    if (column === 'start_mode') {
      return [change('start_mode', value), change('start_at', value === 'soft' ? null : (cue.start_at ?? ctx.plannedAt ?? ctx.startsAt))]
    }
    return [change(column as keyof Cue, value)]
  })()
  return changes.filter(({ was, to }) => !same(was, to))
}

/** A new cue with nothing decided yet. */
export function blankCue(cueId: string, title: string): Cue {
  return {
    cue_id: cueId, title, duration_ms: 300_000, cue_type: 'product', start_mode: 'soft', start_at: null, product_id: null, item_type: '',
    mechanism: '', host_lines: [], proof: '', assistant_action: '', operations_action: '', tech_action: '', must_not_say: [],
    fallback: '', goal_gmv_minor: null, extra: {},
  }
}
