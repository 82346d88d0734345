import { language } from '@/words'
import { decimalsOf, SIGNS } from './currency'

const MINUS = '\u2212'

/** Minor units as people write them: `NT$1,480`; the part after the point only where there is one. */
export function formatMoney(minor: number | null | undefined, currency: string): string {
  if (minor === null || minor === undefined) return '—'
  const decimals = decimalsOf(currency)
  const whole = Math.round(Math.abs(minor))
  const unit = 10 ** decimals
  const cents = whole % unit
  const major = group(Math.floor(whole / unit))
  const amount = cents === 0 ? major : `${major}.${String(cents).padStart(decimals, '0')}`
  return `${minor < 0 ? MINUS : ''}${SIGNS[currency] ?? `${currency} `}${amount}`
}

/** Whole numbers with thousands separators; one decimal below ten where there is one. */
export function formatCount(count: number | null | undefined): string {
  if (count === null || count === undefined) return '—'
  const size = Math.abs(count)
  if (!Number.isInteger(count) && size < 10) return `${count < 0 ? MINUS : ''}${size.toFixed(1)}`
  return `${count < 0 ? MINUS : ''}${group(Math.round(size))}`
}

/** A ratio in percent with one decimal: `52.9%`. */
export function formatRatio(ratio: number | null | undefined, digits = 1): string {
  if (ratio === null || ratio === undefined) return '—'
  return `${ratio < 0 ? MINUS : ''}${Math.abs(ratio * 100).toFixed(digits)}%`
}

/** A length of time: `12:05`, `1:02:05`; with `signed` an offset: `+0:18`, `−1:30`. Seconds are cut, not rounded, as clocks do. */
export function formatSpan(ms: number | null | undefined, signed = false): string {
  if (ms === null || ms === undefined) return '—'
  const seconds = Math.floor(Math.abs(ms) / 1000)
  const h = Math.floor(seconds / 3600)
  const m = Math.floor(seconds / 60) % 60
  const s = String(seconds % 60).padStart(2, '0')
  const text = h > 0 ? `${h}:${String(m).padStart(2, '0')}:${s}` : `${m}:${s}`
  if (ms < 0 && seconds > 0) return MINUS + text
  return signed ? `+${text}` : text
}

const LENGTHS: Record<string, readonly [string, string, string]> = { 'zh-Hant': [' 小時', ' 分', ' 秒'], 'zh-Hans': [' 小时', ' 分', ' 秒'], en: [' h', ' min', ' s'] }

/** A length of time within a sentence, where `14:02` would be read as a clock: `14 分 2 秒`, `1 小時 5 分`. */
export function formatLength(ms: number | null | undefined): string {
  if (ms === null || ms === undefined) return '—'
  const seconds = Math.floor(Math.abs(ms) / 1000)
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  const [hours, minutes, rest] = LENGTHS[language.value] ?? LENGTHS['en'] ?? ['', '', '']
  const parts = h > 0 ? [`${h}${hours}`, m > 0 ? `${m}${minutes}` : ''] : [m > 0 ? `${m}${minutes}` : '', s > 0 || m === 0 ? `${s}${rest}` : '']
  return parts.filter((part) => part !== '').join(' ')
}

/** What the language sets between things in a row. */
export const comma = (): string => (language.value === 'en' ? ', ' : '、')

/** Things in a row as the language sets them apart: `主播、助理`, `host, assistant`. */
export const listed = (things: readonly string[]): string => things.join(comma())

/** A factor: `×1.42`; one that nobody can mean is only said to be beyond, as on paper. */
export function formatTimes(factor: number): string {
  if (factor >= TIMES_MAX) return `> ×${formatCount(TIMES_MAX)}`
  return factor < TIMES_MIN ? `< ×${TIMES_MIN}` : `×${factor.toFixed(2)}`
}
const [TIMES_MIN, TIMES_MAX] = [0.01, 1000]

const formats = new Map<string, Intl.DateTimeFormat>()
const NEXT_DAY: Record<string, string> = { 'zh-Hant': '翌日 ', 'zh-Hans': '次日 ', en: 'next day ' }

const DAY_MS = 86_400_000

/** 24 h clock of the show's zone. With `from` (the show's start) a time past midnight says so: `翌日 01:10`; one of a later day its date: `12/5 01:10`. */
export function formatClock(ms: number | null | undefined, zone: string, options: { seconds?: boolean; from?: number } = {}): string {
  if (ms === null || ms === undefined) return '—'
  const parts = zoned(ms, zone)
  const clock = `${parts.hour}:${parts.minute}${options.seconds === true ? `:${parts.second}` : ''}`
  if (options.from === undefined || zoned(options.from, zone).day === parts.day || ms < options.from) return clock
  if (zoned(options.from + DAY_MS, zone).day === parts.day) return (NEXT_DAY[language.value] ?? '') + clock
  return `${Number(parts.month)}/${Number(parts.dayOfMonth)} ${clock}`
}

/** `11/28（六）20:00` in the show's zone. */
export function formatDay(ms: number, zone: string): string {
  const parts = zoned(ms, zone)
  const weekday = format(zone, language.value, { weekday: 'short' }).format(ms).replace(/^[週周]/, '')
  const day = `${Number(parts.month)}/${Number(parts.dayOfMonth)}`
  const clock = `${parts.hour}:${parts.minute}`
  return language.value === 'en' ? `${weekday} ${day} ${clock}` : `${day}（${weekday}）${clock}`
}

interface Zoned {
  day: string
  month: string
  dayOfMonth: string
  hour: string
  minute: string
  second: string
}

function zoned(ms: number, zone: string): Zoned {
  const found: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {}
  const shape: Intl.DateTimeFormatOptions = {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  }
  for (const part of format(zone, 'en-CA', shape).formatToParts(ms)) found[part.type] = part.value
  return {
    day: `${found.year}-${found.month}-${found.day}`,
    month: found.month ?? '',
    dayOfMonth: found.day ?? '',
    hour: found.hour ?? '',
    minute: found.minute ?? '',
    second: found.second ?? '',
  }
}

function format(zone: string, locale: string, shape: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${zone} ${locale} ${Object.keys(shape).length}`
  let found = formats.get(key)
  if (found === undefined) {
    found = new Intl.DateTimeFormat(locale, { ...shape, timeZone: zone })
    formats.set(key, found)
  }
  return found
}

function group(whole: number): string {
  return String(whole).replace(/\B(?=(\d{3})+$)/g, ',')
}
