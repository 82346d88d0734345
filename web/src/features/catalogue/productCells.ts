/** How a product's sheet is written into cells and read back. Pure. */
import { ITEM_WORDS, type Doubt, type ProductCard } from '@/api'
import { formatMoney } from '@/ui'
import { halfWidth, moneyText, parseCount, parseLines, parseMoney, type SheetColumn } from '@/ui/sheet'
import { inOneCell, parted } from './variants'

export const ITEM_TYPES = ['', 'traffic', 'welfare', 'hero', 'profit', 'image'] as const

type Shape = Pick<SheetColumn, 'editor' | 'width'> & { align?: 'end'; sticky?: boolean }

export const COLUMNS: Record<string, Shape> = {
  product_id: { editor: 'none', width: 84, sticky: true },
  name: { editor: 'text', width: 190, sticky: true },
  item_type: { editor: 'choice', width: 84 },
  variants: { editor: 'lines', width: 120 },
  cost_minor: { editor: 'text', width: 92, align: 'end' },
  list_price_minor: { editor: 'text', width: 92, align: 'end' },
  live_price_minor: { editor: 'text', width: 92, align: 'end' },
  stock: { editor: 'text', width: 96, align: 'end' },
  per_buyer_limit: { editor: 'text', width: 72, align: 'end' },
  selling_points: { editor: 'lines', width: 190 },
  doubts: { editor: 'none', width: 240 },
  must_not_say: { editor: 'lines', width: 150 },
  certificates: { editor: 'lines', width: 150 },
}

const MONEY = new Set(['cost_minor', 'list_price_minor', 'live_price_minor'])
const COUNTS = new Set(['stock', 'per_buyer_limit'])
const LISTS = new Set(['variants', 'selling_points', 'certificates', 'must_not_say'])

export const valueOf = (card: ProductCard, column: string): unknown => card[column as keyof ProductCard]

/** What a promo changes of a product, or is about to, under its price: `● 促銷 NT$399 · 贈品`. */
export function promoMark(card: ProductCard, t: (key: string, named?: Record<string, unknown>) => string): string {
  const price = formatMoney(card.promo_price_minor ?? card.price_minor, card.currency)
  return `● ${card.promo_kinds.map((kind) => t(`catalogue.promo.${kind}`, { price })).join(' · ')}`
}

/** The text an editor starts with; `cellValue` of it is the same value again. Doubts: one a line, `question｜answer`. */
export function editText(value: unknown, column: string, currency: string): string {
  if (value === null || value === undefined) return ''
  if (MONEY.has(column)) return moneyText(value as number, currency)
  if (column === 'doubts') return (value as Doubt[]).map((one) => (one.answer === '' ? one.question : `${one.question}｜${one.answer}`)).join('\n')
  if (column === 'variants') return inOneCell(value as string[])
  return LISTS.has(column) ? (value as string[]).join('\n') : String(value)
}

export type Wrong = 'name' | 'money' | 'count' | 'item_type' | 'doubts' | 'read_only'
export type Read = { value: unknown } | { wrong: Wrong }

/** A typed or pasted text as the value of a column. `words`: the item types in the reader's language, by value. */
export function cellValue(text: string, column: string, currency: string, words: Readonly<Record<string, string>>): Read {
  const typed = text.trim()
  if (MONEY.has(column)) return typed === '' ? { value: null } : found(parseMoney(typed, currency), 'money')
  if (COUNTS.has(column)) return typed === '' ? { value: null } : found(parseCount(typed), 'count')
  if (column === 'variants') return { value: parted(text).variants }
  if (LISTS.has(column)) return { value: listOf(typed, column) }
  switch (column) {
    case 'name':
      return typed === '' ? { wrong: 'name' } : { value: typed }
    case 'item_type':
      return found(itemType(typed, words), 'item_type')
    case 'doubts':
      return found(parseDoubts(text), 'doubts')
    default:
      return { wrong: 'read_only' }
  }
}

const found = (value: unknown, wrong: Wrong): Read => (value === null ? { wrong } : { value })

function listOf(text: string, column: string): string[] {
  if (column === 'must_not_say') return parseLines(text.replaceAll('、', '\n'))
  return parseLines(text)
}

function itemType(text: string, words: Readonly<Record<string, string>>): string | null {
  const typed = halfWidth(text)
  if ((ITEM_TYPES as readonly string[]).includes(typed.toLowerCase())) return typed.toLowerCase()
  const named = Object.entries(words).find(([, word]) => word.toLowerCase() === typed.toLowerCase())
  return named?.[0] ?? ITEM_WORDS[typed.toLowerCase()] ?? null
}

/** Questions and answers from lines `question｜answer`; null when a line has an answer and no question. */
export function parseDoubts(text: string): Doubt[] | null {
  const doubts = text.split('\n').filter((line) => line.trim() !== '').map((line) => {
    const [question = '', ...answer] = line.split(/[｜|\t]/)
    return { question: question.trim(), answer: answer.join(' ').trim() }
  })
  return doubts.every((one) => one.question !== '') ? doubts : null
}
