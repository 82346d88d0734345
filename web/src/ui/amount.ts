/** Amounts as people type them, by the rules of the server's sheets (kaibo/kit/sheet_amounts.py); both are held to amount.cases.json. Pure. */
import { decimalsOf, SIGNS } from './currency'

const ANY_SIGN = ['$', '¥', 'nt$', 'nt', '元', '圓', '圆', '塊', '块', '円', '整', '元整', '']
const TENS: Record<string, number> = { 億: 10 ** 8, 亿: 10 ** 8, 萬: 10_000, 万: 10_000, w: 10_000, k: 1000, 千: 1000 }
const TEXT = /^([^\d.,'\s-]*)\s*(\d(?:[\d.,' ]*\d)?|\.\d{1,2})\s*((?:[億亿萬万千]|[wk](?![a-z]))?)\s*([^\d.,'\s-]*)$/
const SPACED = /^(\d{1,3}(?:[ ']\d{3})+)(?:[.,](\d+))?$/

/** `1,490`, `12,50`, `1.490,00`, `18萬` in minor units; null for no amount, and for one that can be read in two ways. */
export function amountOf(text: string, currency: string): number | null {
  const bare = text.normalize('NFKC').replace(/[’‘`´]/g, "'").trim().replace(/\s+/g, ' ').toLowerCase()
  const found = TEXT.exec(bare.replace(/(?<=[^\d\s.,'])\s(?=[^\d\s.,'])/g, ''))
  const own = [currency.toLowerCase(), (SIGNS[currency] ?? '').toLowerCase(), ...ANY_SIGN]
  if (!found || bare.length > 24 || !own.includes(found[1] ?? '') || !own.includes(found[4] ?? '')) return null
  const tens = found[3] ?? ''
  const major = majorOf(found[2] ?? '', decimalsOf(currency), tens !== '')
  if (major === null) return null
  const exact = Number(major) * (TENS[tens] ?? 1) * 10 ** decimalsOf(currency)
  const minor = Math.round(exact)
  return Math.abs(exact - minor) < 1e-6 && Number.isSafeInteger(minor) ? minor : null
}

/** The figures with a point before their decimals and nothing else; `short`: 萬, 億 or k follows. */
function majorOf(figures: string, decimals: number, short: boolean): string | null {
  const spaced = SPACED.exec(figures)
  if (spaced) return joined((spaced[1] ?? '').replace(/[ ']/g, ''), spaced[2] ?? '', decimals)
  if (/^\d+$/.test(figures)) return figures
  const place = Math.max(figures.lastIndexOf(','), figures.lastIndexOf('.'))
  const [whole, mark, part] = [figures.slice(0, place), figures.slice(place, place + 1), figures.slice(place + 1)]
  if (whole.includes(mark)) return wholeOf(figures)
  if (/[.,]/.test(whole)) return joined(wholeOf(whole), part, decimals)
  if (part.length === 3 && !short) return atThree(whole, mark, part, decimals)
  if (short && mark === ',') return part.length === 3 ? wholeOf(figures) : null
  return joined(whole || '0', part, short ? part.length : decimals)
}

function joined(whole: string | null, part: string, decimals: number): string | null {
  return whole === null || !/^\d+$/.test(whole) || !/^\d*$/.test(part) || part.length > Math.max(decimals, 2) ? null : `${whole}.${part || '0'}`
}

/** A mark before exactly three digits parts thousands, or decimals where the currency has three of them. */
function atThree(whole: string, mark: string, part: string, decimals: number): string | null {
  if (decimals < 3) return mark === ',' ? wholeOf(whole + mark + part) : null
  return mark === '.' ? joined(whole || '0', part, decimals) : null
}

/** `1,234,567` or `1.234.567`: parted by one mark, always three digits. */
function wholeOf(figures: string): string | null {
  return /^[1-9]\d{0,2}(?:(?:,\d{3})+|(?:\.\d{3})+)$/.test(figures) ? figures.replace(/[.,]/g, '') : null
}
