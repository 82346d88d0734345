/** What every figure means: the server's own book (kaibo/analysis), so that nothing is explained twice. */
import book from './figures.json'
import type { FigureUnit } from './columns'

export interface FigureInfo {
  titles: Record<string, string>
  unit: FigureUnit
  group: string
  numerator: string
  less: string
  denominator: string
  scale: number
  window: string
  when_zero: string
  sources: string[]
}
interface CounterInfo { titles: Record<string, string>; basis: string; unknown_until: string }

export const FIGURE_BOOK = book.figures as unknown as Readonly<Record<string, FigureInfo>>
const COUNTERS = book.counters as unknown as Readonly<Record<string, CounterInfo>>

/** The name of a figure or counter in a language; the bare id when it is neither. */
export function figureTitle(name: string, language: string): string {
  const titles = FIGURE_BOOK[name]?.titles ?? COUNTERS[name]?.titles
  return titles?.[language] ?? titles?.['zh-Hant'] ?? name
}

/** pv, uv, orders, units, money, seconds or people_now. */
export function basisOf(counter: string): string {
  return COUNTERS[counter]?.basis ?? ''
}

/** `成交金額 × 1,000 ÷ 觀看人次`; '' for a plain counter. */
export function formulaOf(name: string, language: string): string {
  const figure = FIGURE_BOOK[name]
  if (figure === undefined || (figure.denominator === '' && figure.less === '')) return ''
  const title = (counter: string): string => figureTitle(counter, language)
  const above = title(figure.numerator) + (figure.less === '' ? '' : ` − ${title(figure.less)}`)
  const scaled = figure.scale === 1 ? above : `${above} × ${figure.scale.toLocaleString('en')}`
  return figure.denominator === '' ? scaled : `${scaled} ÷ ${title(figure.denominator)}`
}
