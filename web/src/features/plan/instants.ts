/** Clock times in the show's zone and the instants they mean. Pure; a day has as many hours as its zone gives it. */
import { halfWidth } from '@/ui/sheet/typed'

export interface ZonedTime {
  year: number
  month: number
  day: number
  hour: number
  minute: number
  second: number
}

const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone, hourCycle: 'h23',
    year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit',
  })
  formats.set(zone, made)
  return made
}

/** What a wall clock in `zone` shows at an instant. */
export function zonedTime(at: number, zone: string): ZonedTime {
  const found: Record<string, number> = {}
  for (const part of formatOf(zone).formatToParts(at)) found[part.type] = Number(part.value)
  const { year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0 } = found
  return { year, month, day, hour, minute, second }
}

/** The instant at which a wall clock in `zone` shows `time`. In a gap of the zone the later reading, in a repeated hour the first. */
export function instantOf(time: ZonedTime, zone: string): number {
  const asUtc = Date.UTC(time.year, time.month - 1, time.day, time.hour, time.minute, time.second)
  const offset = (at: number): number => {
    const seen = zonedTime(at, zone)
    return Date.UTC(seen.year, seen.month - 1, seen.day, seen.hour, seen.minute, seen.second) - at
  }
  const guesses = [asUtc - offset(asUtc - 86_400_000), asUtc - offset(asUtc + 86_400_000)]
  const right = guesses.filter((at) => at + offset(at) === asUtc)
  return right.length > 0 ? Math.min(...right) : Math.max(...guesses)
}

const CLOCK = /^(?:(翌日|次日|隔天|next day|\+1d?)\s*)?(\d{1,2}):(\d{2})(?::(\d{2}))?$/i

/**
 * The instant a typed clock time means in a show that starts at `startsAt`: `20:30`, `2030`, `25:10` and `翌日 01:10`.
 * A plain time before the start's hour is taken as past midnight; null when not understood.
 */
export function parseClock(text: string, zone: string, startsAt: number): number | null {
  const typed = halfWidth(text).replace(/^(\d{1,2})(\d{2})$/, '$1:$2')
  const found = CLOCK.exec(typed)
  if (!found) return null
  const [hour, minute, second] = [Number(found[2]), Number(found[3]), Number(found[4] ?? 0)]
  if (hour > 47 || minute > 59 || second > 59) return null
  const start = zonedTime(startsAt, zone)
  const on = (day: number): number => instantOf({ ...start, day: start.day + day, hour, minute, second }, zone)
  if (found[1] !== undefined) return on(1)
  const sameDay = on(0)
  return sameDay < startsAt - HALF_DAY ? on(1) : sameDay
}

const HALF_DAY = 12 * 3_600_000 // 19:50 in a show at 20:00 is ten minutes early, 01:10 is past midnight

/** Value of an `<input type="date">`: the day a clock in `zone` shows. */
export function localDay(at: number, zone: string): string {
  const { year, month, day } = zonedTime(at, zone)
  const two = (n: number): string => String(n).padStart(2, '0')
  return `${year}-${two(month)}-${two(day)}`
}

/** The instant a day and a typed clock time (`20:00`, `2000`, `20:00:18`) mean in `zone`; null when empty or wrong. */
export function fromDay(day: string, clock: string, zone: string): number | null {
  const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day)
  const typed = /^(\d{1,2}):?(\d{2})(?::(\d{2}))?$/.exec(halfWidth(clock))
  if (!found || !typed) return null
  const [year, month, date] = found.slice(1).map(Number) as [number, number, number]
  const [hour, minute, second] = typed.slice(1).map((part) => Number(part ?? 0)) as [number, number, number]
  return hour > 23 || minute > 59 || second > 59 ? null : instantOf({ year, month, day: date, hour, minute, second }, zone)
}
