import { amountOf } from '@/ui/amount'

/** Zones shows are usually held in; one's own is added. */
export const ZONES = ['Asia/Taipei', 'Asia/Shanghai', 'Asia/Hong_Kong', 'Asia/Singapore', 'Asia/Kuala_Lumpur', 'Asia/Tokyo', 'America/Los_Angeles', 'America/New_York', 'Europe/London', 'UTC']

/** The day a clock in `zone` shows: `2026-11-28`. */
export function zoneDay(ms: number, zone: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(ms)
}

/** The instant when a clock in `zone` shows `time` on `date` (+ whole days). In a gap of the zone: right after it. null: not understood. */
export function instantOfClock(date: string, time: string, zone: string, days = 0): number | null {
  const d = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date)
  const c = /^(\d{1,2}):?([0-5]\d)$/.exec(time.trim().replace('：', ':'))
  if (d === null || c === null) return null
  const wall = Date.UTC(Number(d[1]), Number(d[2]) - 1, Number(d[3]) + days, Number(c[1]), Number(c[2]))
  // The zone's offset is asked at a first guess and again at the better one: enough around a clock change.
  const guess = wall - offsetAt(wall, zone)
  return wall - offsetAt(guess, zone)
}

function offsetAt(ms: number, zone: string): number {
  const shape: Intl.DateTimeFormatOptions = { timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' }
  const part: Record<string, number> = {}
  for (const { type, value } of new Intl.DateTimeFormat('en-CA', shape).formatToParts(ms)) part[type] = Number(value)
  const seen = Date.UTC(part['year'] ?? 0, (part['month'] ?? 1) - 1, part['day'], part['hour'], part['minute'], part['second'])
  return seen - Math.floor(ms / 1000) * 1000
}

/** A goal as one types it (`1,000,000`, `30萬`) in minor units; "" is 0; null: not understood. */
export const goalOf = (text: string, currency: string): number | null => (text.trim() === '' ? 0 : amountOf(text, currency))

/** Letters of the title where it has some, the day, and four random letters: readable in an address, and nobody else's. */
export function newShowId(title: string, date: string): string {
  const words = title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-+|-+$/g, '').slice(0, 32)
  const chance = Array.from(crypto.getRandomValues(new Uint8Array(4)), (byte) => 'abcdefghjkmnpqrstuvwxyz23456789'[byte % 31]).join('')
  return [words, date.replaceAll('-', ''), chance].filter((part) => part !== '').join('-')
}
