import type { HandOverSheet, OpenOffer, RosterRow, Shift, ShiftRow } from '@/api'

export const NEAR_MS = 2 * 3_600_000
export const TOLD_MS = 60_000
/** How long before the planned start people are usually called, in minutes. */
export const CALLS_MIN: readonly number[] = [0, 15, 30, 45, 60, 90, 120, 180, 240]

type Rows = ReadonlyMap<string, RosterRow>

/** What waits for one to accept it, oldest first. */
export const offeredTo = (rows: Rows, person: string): RosterRow[] =>
  [...rows.values()].filter((row) => row.offer?.to_person_id === person).sort((a, b) => (a.offer?.at ?? 0) - (b.offer?.at ?? 0))

/** What one offered and nobody has accepted yet. */
export const offeredBy = (rows: Rows, person: string): RosterRow[] => [...rows.values()].filter((row) => row.offer !== null && row.person_id === person)

export const dutiesOf = (rows: Rows, person: string): RosterRow[] => [...rows.values()].filter((row) => row.on_duty && row.person_id === person)

/** The first call of somebody who has not said that they are here, within two hours of it; null when they need not be asked. */
export function toCheckIn(rows: Rows, person: string, now: number): number | null {
  const calls = dutiesOf(rows, person)
    .filter((row) => row.checked_in_at === null)
    .map((row) => row.call_at)
  const call = Math.min(...calls)
  return calls.length > 0 && Math.abs(now - call) <= NEAR_MS ? call : null
}

/** Who took a role in need, or stood in for somebody, within the last minute: all are told. */
export const fresh = (rows: Rows, now: number): RosterRow[] =>
  [...rows.values()].filter((row) => row.on_duty && (row.came === 'taken' || row.came === 'stand_in') && now - row.since < TOLD_MS).sort((a, b) => b.since - a.since)

/** Lines as one types them: those that say something. */
export const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

/** The usual calls, and one's own when it is another. */
export const callsWith = (seconds: number): number[] => [...new Set([...CALLS_MIN.map((minutes) => minutes * 60), seconds])].sort((a, b) => a - b)

export const HOUR_S = 3_600
const SHIFTS_MAX = 12

/** `n` shifts of `hours`, one after the other from the planned start, nobody in them yet; none where that makes no sense. */
export function templateOf(n: number, hours: number, nameOf: (n: number) => string): Omit<Shift, 'shift_id'>[] {
  if (!Number.isInteger(n) || n < 1 || n > SHIFTS_MAX || !(hours > 0) || n * hours > 96) return []
  const length = Math.round(hours * HOUR_S)
  return Array.from({ length: n }, (_, place) => ({ name: nameOf(place + 1), from_s: place * length, to_s: (place + 1) * length, anchor_at: null, crew: [], part: '', cue_id: '' }))
}

/** How far one is with the sheet: lines seen, lines asked about and not answered (also those that are on it no longer), lines neither. */
export function sheetState(sheet: HandOverSheet | null, offer: OpenOffer | null): { seen: number; open: number; unseen: number } {
  const lines = (sheet?.sections ?? []).flatMap((section) => section.lines.map((line) => line.key))
  const ticked = new Set(offer?.ticked ?? [])
  const asked = new Set((offer?.asked ?? []).map((one) => one.line))
  return {
    seen: lines.filter((key) => ticked.has(key)).length,
    open: (offer?.asked ?? []).filter((one) => one.answer === '').length,
    unseen: lines.filter((key) => !ticked.has(key) && !asked.has(key)).length,
  }
}

/** The shift that comes after the one of this instant (ms UTC). */
export const nextShift = (shifts: readonly ShiftRow[], now: number): ShiftRow | undefined => shifts.find((row) => row.starts_at > now) ?? shifts.find((row) => row.starts_at <= now && now < row.ends_at)

/** Whose place somebody would take who is late: whoever is on duty in the role now, "" nobody. */
export const keeperOf = (rows: Rows, role: string): string => [...rows.values()].find((row) => row.on_duty && row.role_id === role)?.person_id ?? ''

/** Who is on duty and has not said that they are here: each person once, with their roles. */
export const notHere = (rows: Rows): Map<string, string[]> => {
  const found = new Map<string, string[]>()
  for (const row of rows.values()) if (row.on_duty && row.checked_in_at === null) found.set(row.person_id, [...(found.get(row.person_id) ?? []), row.role_id])
  return found
}
