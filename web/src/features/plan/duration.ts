/** Lengths of time as planners type them. Pure. */
import { halfWidth } from '@/ui/sheet/typed'

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
/** Four hours and more in one cue is a typing slip; the server refuses it too. */
export const DURATION_MS_MAX = 24 * HOUR

const UNITS: Record<string, number> = {
  h: HOUR, hr: HOUR, hrs: HOUR, hour: HOUR, hours: HOUR, 小時: HOUR, 小时: HOUR, 時: HOUR, 时: HOUR,
  m: MINUTE, min: MINUTE, mins: MINUTE, minute: MINUTE, minutes: MINUTE, 分: MINUTE, 分鐘: MINUTE, 分钟: MINUTE,
  s: SECOND, sec: SECOND, secs: SECOND, second: SECOND, seconds: SECOND, 秒: SECOND, 秒鐘: SECOND, 秒钟: SECOND,
}
const UNIT_NAMES = Object.keys(UNITS).sort((a, b) => b.length - a.length).join('|')
const PART = new RegExp(`(\\d+(?:\\.\\d+)?)\\s*(${UNIT_NAMES})`, 'gy')

/** `10` and `10.5` are minutes, `10:00` m:ss, `1:02:05` h:mm:ss, `90s` `1h` `1h30m` `10 分` as they read; null when not understood. */
export function parseDuration(text: string): number | null {
  const typed = halfWidth(text).toLowerCase()
  const ms = colons(typed) ?? bare(typed) ?? withUnits(typed)
  return ms === null || ms > DURATION_MS_MAX ? null : ms
}

function bare(text: string): number | null {
  return /^\d+(\.\d+)?$/.test(text) ? Math.round(Number(text) * MINUTE) : null
}

function colons(text: string): number | null {
  const found = /^(?:(\d+):)?(\d+):(\d{2})$/.exec(text)
  if (!found) return null
  const [hours, minutes, seconds] = [Number(found[1] ?? 0), Number(found[2]), Number(found[3])]
  if (seconds > 59 || (found[1] !== undefined && minutes > 59)) return null
  return hours * HOUR + minutes * MINUTE + seconds * SECOND
}

function withUnits(text: string): number | null {
  let at = 0
  let ms = 0
  let smallest = Number.POSITIVE_INFINITY
  PART.lastIndex = 0
  for (let part = PART.exec(text); part !== null; part = PART.exec(text)) {
    const unit = UNITS[part[2] ?? ''] ?? 0
    if (unit >= smallest) return null
    smallest = unit
    ms += Number(part[1]) * unit
    at = PART.lastIndex
    while (text[at] === ' ') at += 1
    PART.lastIndex = at
  }
  return at > 0 && at === text.length ? Math.round(ms) : null
}

/** `10:00`, `1:02:05`: what a cell shows and what it takes back unchanged. */
export function durationText(ms: number): string {
  const seconds = Math.round(ms / SECOND)
  const two = (n: number): string => String(n).padStart(2, '0')
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`
}
