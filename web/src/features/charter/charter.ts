import type { CellChange, CharterDutyRow, CharterEffectRow, CharterFindingRow, CharterRoleRow } from '@/api'

export type Cell = NonNullable<CellChange['cell']>
export type Phase = CharterDutyRow['duty']['phases'][number]
export const PHASES: readonly Phase[] = ['before', 'on_air', 'after']
export const CELLS: readonly Cell[] = ['R', 'A', 'C', 'CF', 'I', 'X']
export type Shown = 'finding' | 'changed' | 'contested' | 'emergency' | ''

/** What a cell becomes when a letter is pressed on it: R and A join and part, the others stand alone and go when pressed again. */
export function pressed(cell: Cell | undefined, letter: Cell): Cell | null {
  if (letter !== 'R' && letter !== 'A') return cell === letter ? null : letter
  const other = letter === 'R' ? 'A' : 'R'
  if (cell === 'RA') return other
  if (cell === letter) return null
  return cell === other ? 'RA' : letter
}

/** Why a lead sees this row among hundreds; '' when nothing calls for it. */
export function whyShown(row: CharterDutyRow, found: ReadonlySet<string>): Shown {
  if (found.has(row.duty.duty_id)) return 'finding'
  if (row.changed.length > 0 || row.written) return 'changed'
  if (row.duty.contested) return 'contested'
  return row.duty.emergency ? 'emergency' : ''
}

export interface Band {
  phase: Phase
  rows: { row: CharterDutyRow; why: Shown }[]
  all: number
}

/** The rows by the first phase in which they are due; a band knows how many it hides. */
export function bands(rows: readonly CharterDutyRow[], findings: readonly CharterFindingRow[], everything: boolean): Band[] {
  const found = new Set(findings.flatMap((each) => each.duties))
  return PHASES.map((phase) => {
    const all = rows.filter((row) => firstPhase(row) === phase).map((row) => ({ row, why: whyShown(row, found) }))
    return { phase, rows: everything ? all : all.filter((each) => each.why !== ''), all: all.length }
  })
}

/** A duty of the whole show belongs to the show. */
export function firstPhase(row: CharterDutyRow): Phase {
  const phases = row.duty.phases
  return phases.includes('on_air') ? 'on_air' : (phases[0] ?? 'before')
}

export const inOrder = <Row extends { place: number }>(rows: ReadonlyMap<string, Row>): Row[] => [...rows.values()].sort((a, b) => a.place - b.place)

/** Roles that somebody holds first, each in the charter's order, by duty; so a line keeps its place while others come and go. */
export function effectsInOrder(effects: readonly CharterEffectRow[], roles: readonly CharterRoleRow[]): CharterEffectRow[] {
  const empty = new Map(roles.map((each) => [each.role.role_id, Number(each.people.length === 0)]))
  const place = new Map(roles.map((each, at) => [each.role.role_id, at]))
  const later = (a: CharterEffectRow, b: CharterEffectRow, by: ReadonlyMap<string, number>): number => (by.get(a.role) ?? roles.length) - (by.get(b.role) ?? roles.length)
  return [...effects].sort((a, b) => later(a, b, empty) || later(a, b, place) || Number(b.gained) - Number(a.gained) || a.duty.localeCompare(b.duty))
}

export function change(row: CharterDutyRow, role: string, cell: Cell | null): CellChange {
  return { duty_id: row.duty.duty_id, role_id: role, was: row.duty.cells[role] ?? null, cell }
}

/** What takes these changes back, the last first. */
export function undone(changes: readonly CellChange[]): CellChange[] {
  return [...changes].reverse().map((each) => ({ ...each, was: each.cell, cell: each.was }))
}

/** Who does a duty is moved to one role: whoever did it before is told, whoever answered goes on answering. */
export function given(row: CharterDutyRow, role: string): CellChange[] {
  const changes: CellChange[] = []
  for (const [held, cell] of Object.entries(row.duty.cells)) {
    if (held === role || (cell !== 'R' && cell !== 'RA')) continue
    changes.push(change(row, held, cell === 'RA' ? 'A' : 'I'))
  }
  const mine = row.duty.cells[role]
  if (mine !== 'R' && mine !== 'RA') changes.push(change(row, role, mine === 'A' ? 'RA' : 'R'))
  return changes
}

export const doers = (row: CharterDutyRow, roles: readonly CharterRoleRow[]): CharterRoleRow[] => roles.filter((each) => ['R', 'RA'].includes(row.duty.cells[each.role.role_id] ?? ''))
