import { computed, type ComputedRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { can, session, type CharterRoleRow, type RosterGapRow, type RosterRow, type ShiftRow, type ShowRow } from '@/api'
import { useNames, useView } from '@/live'
import { roleWord } from '@/words/people'

const WORKSPACE = 'workspace/main'

export interface Roster {
  rows: ComputedRef<ReadonlyMap<string, RosterRow>>
  gaps: ComputedRef<RosterGapRow[]>
  /** The shifts of a long show, as they come. */
  shifts: ComputedRef<ShiftRow[]>
  /** The roles of the charter that stands, in its order. */
  roles: ComputedRef<CharterRoleRow[]>
  show: ComputedRef<ShowRow | undefined>
  me: ComputedRef<string>
  nameOf: (person: string) => string
  roleName: (role: string) => string
  /** Who holds a role in the workspace. */
  holders: (role: string) => readonly string[]
  /** Who holds a role, or one that stands in for it. */
  able: (role: string) => string[]
}

/** Who is on duty in a show, in the reader's words. */
export function useRoster(stream: () => string): Roster {
  const { t, te } = useI18n()
  const board = useView(() => (can('roster.read') ? stream() : null), 'roster.board')
  const missing = useView(() => (can('roster.read') ? stream() : null), 'roster.gaps')
  const plan = useView(() => (can('roster.read') ? stream() : null), 'roster.shifts')
  const shows = useView(stream, 'show.head')
  const standing = useView(() => (can('charter.read') ? WORKSPACE : null), 'charter.roles')
  const { nameOf } = useNames()
  const roles = computed(() => [...standing.rows.value.values()].sort((a, b) => a.place - b.place))
  const holders = (role: string): readonly string[] => standing.rows.value.get(role)?.people ?? []
  return {
    rows: computed(() => board.rows.value),
    gaps: computed(() => [...missing.rows.value.values()]),
    shifts: computed(() => [...plan.rows.value.values()].sort((a, b) => a.number - b.number)),
    roles,
    show: computed(() => shows.rows.value.get('show')),
    me: computed(() => session.me?.person_id ?? ''),
    nameOf,
    roleName: (role) => roleWord(role, standing.rows.value.get(role)?.role.name, t, te),
    holders,
    able: (role) => [...new Set([...holders(role), ...roles.value.filter((each) => each.role.stands_in.includes(role)).flatMap((each) => each.people)])],
  }
}
