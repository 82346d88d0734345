/** What a month's review says at a glance, and when the next one is due. Pure. */
import type { Counted, DutyDone, Review, ReviewNowRow } from '@/api'

/** `2026-11` in a zone. */
export function monthOf(at: number, zone: string): string {
  return new Intl.DateTimeFormat('sv', { timeZone: zone, year: 'numeric', month: '2-digit' }).format(at)
}

/** So many months later, earlier when negative. */
export function stepped(month: string, by: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number)
  const all = year * 12 + number - 1 + by
  return `${Math.floor(all / 12)}-${String((all % 12) + 1).padStart(2, '0')}`
}

/** The month to be gone through; '' while none is due. It is due when it is over, had shows before its end, and was not gone through. */
export function dueMonth(row: ReviewNowRow | null, now: number, zone: string): string {
  if (row === null || row.first_at === null) return ''
  const last = stepped(monthOf(now, zone), -1)
  return row.month < last && monthOf(row.first_at, zone) <= last ? last : ''
}

/** People came, went or changed since a month was gone through. */
export const peopleMoved = (row: ReviewNowRow | null): number => (row === null || row.month === '' ? 0 : row.people.length)

/** Duties with something to talk about, most drift first. */
export function drifted(duties: readonly DutyDone[]): DutyDone[] {
  return duties.filter((each) => each.drift > 0 || each.stood_in > 0).sort((a, b) => b.drift - a.drift || b.stood_in - a.stood_in)
}

/** Done, and only by those who do it as written. */
export function asWritten(duties: readonly DutyDone[]): DutyDone[] {
  return duties.filter((each) => each.done > 0 && each.drift === 0 && each.stood_in === 0).sort((a, b) => b.done - a.done)
}

/** How many things there are to talk about. */
export function findings(review: Review): number {
  return drifted(review.duties).length + review.missed_all + review.refused.length + review.loads.length + review.idle.length + review.taken.count
}

/** How many events stand behind a number that it does not open. */
export const beyond = (counted: Counted): number => counted.count - counted.events.length

/** 95 s is `1:35`, half a second `0.5`. */
export function spanOf(ms: number): string {
  const seconds = ms / 1000
  if (seconds < 60) return `${seconds.toFixed(1)} s`
  const whole = Math.round(seconds)
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60]
  const rest = String(whole % 60).padStart(2, '0')
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${rest}` : `${minutes}:${rest}`
}
