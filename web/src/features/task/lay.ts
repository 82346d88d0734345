/** How tasks are laid out beside the list: on a board by what became of them, along a time line by when they are due. Pure. */
import type { TaskRow } from '@/api'
import { byDue, dayOf, inOrder, late } from './tasks'

export type Lane = 'stuck' | 'open' | 'doing' | 'done'
export const LANES: readonly Lane[] = ['stuck', 'open', 'doing', 'done']

/** What is blocked or overdue stands in the first lane, whatever it was before: that is where help is needed. */
export function laneOf(row: TaskRow, now: number): Lane {
  if (row.state === 'done') return 'done'
  return row.state === 'blocked' || late(row, now) ? 'stuck' : row.state
}

/** Every lane, also one without tasks; in each the blocked ones first, then what is due first. */
export function board(rows: Iterable<TaskRow>, now: number): { lane: Lane; rows: TaskRow[] }[] {
  const all = [...rows]
  return LANES.map((lane) => ({ lane, rows: inOrder(all.filter((row) => laneOf(row, now) === lane)) }))
}

const HOUR = 3_600_000
const NEAR = 12 * HOUR // so close to air tasks are told apart by the minute, else by the day

/** Tasks that are due together: on one day, or close to air at one minute. `passed`: all of it is behind `now`. */
export interface Stop {
  key: string
  /** When the first of them is due (ms UTC), and by the minute or the day. */
  at: number
  by: 'minute' | 'day'
  /** Air begins here: the first stop not before the show's start. */
  air: boolean
  passed: boolean
}

/** The stops of a time line, in order; one for going on air also where nothing is due then. */
export function stops(rows: Iterable<TaskRow>, startsAt: number, now: number, zone: string): Stop[] {
  const found = new Map<string, Stop>()
  for (const at of [...rows].map((row) => row.due_at).concat(startsAt).sort((a, b) => a - b)) {
    const key = stopOf(at, startsAt, zone)
    const stop = found.get(key) ?? { key, at, by: key.startsWith('m') ? 'minute' : 'day', air: false, passed: true }
    found.set(key, { ...stop, air: stop.air || at === startsAt, passed: at < now })
  }
  return [...found.values()]
}

/** The stop at which something is due. */
export function stopOf(at: number, startsAt: number, zone: string): string {
  return Math.abs(at - startsAt) < NEAR ? `m${Math.floor(at / 60_000)}` : `d${dayOf(at, zone)}`
}

/** Who has what when: a line for each role, in the order given, that has any; a cell for each stop. */
export function lines(rows: Iterable<TaskRow>, roles: readonly string[], at: readonly Stop[], startsAt: number, zone: string): { roleId: string; cells: TaskRow[][] }[] {
  const ordered = byDue(rows)
  const known = [...new Set([...roles, ...ordered.map((row) => row.task.role_id)])]
  return known
    .map((roleId) => {
      const own = ordered.filter((row) => row.task.role_id === roleId)
      return { roleId, cells: at.map((stop) => own.filter((row) => stopOf(row.due_at, startsAt, zone) === stop.key)) }
    })
    .filter(({ cells }) => cells.some((cell) => cell.length > 0))
}
