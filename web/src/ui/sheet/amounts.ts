/** Amounts as people type them, in major units, and minor units. Pure. */
import { halfWidth } from './typed'

const DECIMALS: Record<string, number> = { JPY: 0, KRW: 0, VND: 0, CLP: 0, BHD: 3, KWD: 3, JOD: 3 }

const unitOf = (currency: string): number => 10 ** (DECIMALS[currency] ?? 2)

/** `1,490`, `NT$1,490元`, `18萬` as minor units; null when not understood. */
export function parseMoney(text: string, currency: string): number | null {
  const typed = halfWidth(text).replace(/^[A-Z]{0,3}\s*[$¥€]?\s*/i, '').replace(/[\s,]/g, '').replace(/[元塊块円]$/, '')
  const found = /^(\d+(?:\.\d+)?)(萬|万|k|w)?$/i.exec(typed)
  if (!found) return null
  const times = found[2] === undefined ? 1 : found[2].toLowerCase() === 'k' ? 1000 : 10_000
  return Math.round(Number(found[1]) * times * unitOf(currency))
}

/** `1490` or `299.5`: what a cell takes back unchanged. */
export function moneyText(minor: number | null, currency: string): string {
  return minor === null ? '' : String(minor / unitOf(currency))
}
