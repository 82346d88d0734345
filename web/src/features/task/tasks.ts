/** What a list of tasks says of itself: which come first, how late, how long before air. Pure. */
import type { CheckLine, HeldUp, Task, TaskRow } from '@/api'

export type Band = 'stuck' | 'today' | 'later'
export const BANDS: readonly Band[] = ['stuck', 'today', 'later']
export type Tone = 'act' | 'watch' | 'info' | 'good' | 'quiet'

/** A shape beside the word: colour is never the only signal. */
export const STATES: Record<TaskRow['state'], { shape: string; tone: Tone }> = {
  open: { shape: '○', tone: 'quiet' },
  doing: { shape: '◆', tone: 'info' },
  blocked: { shape: '▲', tone: 'watch' },
  done: { shape: '✓', tone: 'good' },
}

const SECOND = 1000
export const UNITS = { day: 86_400, hour: 3600, minute: 60 } as const
export type Unit = keyof typeof UNITS

export const late = (row: TaskRow, now: number): boolean => row.state !== 'done' && row.due_at < now

/** A task planned late is due at its place in the line: it is to be done now from so long before, and not while another comes first. */
const NOW_MS = 10 * 60_000
export const toDoNow = (row: TaskRow, now: number): boolean =>
  row.task.hurried && (row.state === 'open' || row.state === 'doing') && row.waits_for.length === 0 && row.due_at - now <= NOW_MS

/** The lines of its checklist that are not ticked. */
export const openLines = (row: TaskRow): CheckLine[] => row.task.checklist.filter((line) => !row.ticked.includes(line.line_id))

/** By how much it will be late because an open task ahead of it is, and which; null while none is. Its own due stays. */
export function slipOf(row: TaskRow, now: number): { ms: number; by: HeldUp } | null {
  const held = row.held ?? null
  return held === null || row.state === 'done' || now - held.due_at < UNITS.minute * SECOND ? null : { ms: now - held.due_at, by: held }
}

/** Blocked and overdue ones first, then those of today (in the show's zone), then the rest. */
export function bandOf(row: TaskRow, now: number, zone: string): Band {
  if (row.state === 'blocked' || late(row, now)) return 'stuck'
  return dayOf(row.due_at, zone) === dayOf(now, zone) ? 'today' : 'later'
}

/** Blocked ones stand first in a band: somebody waits to be helped. Then by when they are due. */
export function inOrder<R extends TaskRow>(rows: Iterable<R>): R[] {
  return [...rows].sort((a, b) => Number(b.state === 'blocked') - Number(a.state === 'blocked') || a.due_at - b.due_at)
}

/** The planner's list: what is due first stands first, whatever became of it. */
export function byDue<R extends TaskRow>(rows: Iterable<R>): R[] {
  return [...rows].sort((a, b) => a.due_at - b.due_at || a.task_id.localeCompare(b.task_id))
}

export function dayOf(at: number, zone: string): string {
  return new Intl.DateTimeFormat('sv', { timeZone: zone, dateStyle: 'short' }).format(at)
}

export interface Offset {
  amount: number
  unit: Unit
  after: boolean
}

/** −259200 s is 3 days before; the largest unit that it is a whole number of. */
export function offsetOf(offsetS: number): Offset {
  const size = Math.abs(offsetS)
  const unit = (Object.keys(UNITS) as Unit[]).find((each) => size % UNITS[each] === 0) ?? 'minute'
  return { amount: Math.round(size / UNITS[unit]), unit: size === 0 ? 'minute' : unit, after: offsetS > 0 }
}

/** Seconds from the start of the show; before it negative. */
export function offsetS({ amount, unit, after }: Offset): number {
  const size = Math.round(amount * UNITS[unit])
  return after || size === 0 ? size : -size
}

/** How long ago or until: the largest unit, cut. */
export function spanOf(ms: number): { amount: number; unit: Unit } {
  const seconds = Math.floor(Math.abs(ms) / SECOND)
  const unit = (Object.keys(UNITS) as Unit[]).find((each) => seconds >= UNITS[each]) ?? 'minute'
  return { amount: Math.floor(seconds / UNITS[unit]), unit }
}

/** To be read: as it was planned; what was moved to a time that is not round (642 minutes), in the largest unit, cut. */
export function roundly(offset: number): Offset {
  const told = offsetOf(offset)
  return told.unit === 'minute' && told.amount > 120 ? { ...spanOf(offset * 1000), after: told.after } : told
}

/** Lines as they were typed; a line that was there keeps its id, and so its tick. `called`: what a line is read as. */
export function linesOf(text: string, before: readonly CheckLine[], called: (title: string) => string): CheckLine[] {
  const left = [...before]
  const used = new Set<string>()
  const typed = text.split('\n').map((line) => line.trim()).filter((line) => line !== '')
  return typed.map((line) => {
    const place = left.findIndex((each) => each.text === line || called(each.text) === line)
    const kept = place < 0 ? undefined : left.splice(place, 1)[0]
    const made = kept ?? { line_id: freeId(used, before), text: line }
    used.add(made.line_id)
    return made
  })
}

function freeId(used: ReadonlySet<string>, before: readonly CheckLine[]): string {
  const taken = new Set([...used, ...before.map((each) => each.line_id)])
  for (let number = 1; ; number += 1) if (!taken.has(`l${number}`)) return `l${number}`
}

/** A tick is all it takes: no line is open, no note is asked for, nothing comes first. */
export function atOnce(row: TaskRow): boolean {
  return row.task.proof === 'tick' && row.ticked.length === row.task.checklist.length && row.waits_for.length === 0
}

/** Whose it is, by the rule the server has: of the roles one holds or stands in for, the person's it names, whoever took it. */
export function theirs(row: TaskRow, personId: string, roles: readonly string[]): boolean {
  return roles.includes(row.task.role_id) || row.task.person_id === personId || row.taken_by === personId
}

/** An empty task for the form. */
export function blank(roleId: string): Task {
  return { title: '', role_id: roleId, person_id: '', offset_s: -UNITS.day, required: false, checklist: [], depends_on: [], proof: 'tick', template: '', hurried: false }
}
