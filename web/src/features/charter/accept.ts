import { send, type CellChange, type CharterImport } from '@/api'
import { WORKSPACE } from './workspace'

export type Accepted = Pick<CharterImport, 'roles' | 'duties' | 'cells'>
const CELLS_AT_ONCE = 500 // as many as one command takes

/** What of a sheet is taken when some changes are left; a new role that is left takes its cells with it. */
export function acceptedOf(found: Accepted | null, left: ReadonlySet<string>): Accepted {
  if (found === null) return { roles: [], duties: [], cells: [] }
  const missing = new Set(found.roles.filter((each) => each.was === null && left.has(`role/${each.role.role_id}`)).map((each) => each.role.role_id))
  return {
    roles: found.roles.filter((each) => !left.has(`role/${each.role.role_id}`)),
    duties: found.duties
      .filter((each) => !left.has(`duty/${each.row.duty_id}`))
      .map((each) => ({ ...each, row: { ...each.row, cells: Object.fromEntries(Object.entries(each.row.cells).filter(([role]) => !missing.has(role))) } })),
    cells: found.cells.filter((each) => !left.has(`cell/${each.duty_id}/${each.role_id}`) && !missing.has(each.role_id)),
  }
}

/** Roles first, as duties name them. Throws `Refused` at the first that is; what went before it stands. */
export async function sendAccepted({ roles, duties, cells }: Accepted): Promise<void> {
  for (const each of roles) await send(WORKSPACE, 'charter.write_role', each)
  for (const each of duties) await send(WORKSPACE, 'charter.write_duty', each)
  for (const changes of parts(cells)) await send(WORKSPACE, 'charter.change_cells', { changes })
}

const parts = (cells: CellChange[]): CellChange[][] => Array.from({ length: Math.ceil(cells.length / CELLS_AT_ONCE) }, (_, at) => cells.slice(at * CELLS_AT_ONCE, (at + 1) * CELLS_AT_ONCE))
