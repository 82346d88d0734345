import { computed, type ComputedRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { can } from '@/api'
import { useView } from '@/live'
import { roleWord } from '@/words/people'

export interface Roles {
  /** What a role is called: the team's own word, else the house's. */
  called: (role: string) => string
  /** The roles people may hold, in the charter's order. */
  offered: ComputedRef<string[]>
}

/** The roles of the charter that stands. */
export function useRoles(): Roles {
  const { t, te } = useI18n()
  const { rows } = useView(() => (can('charter.read') ? 'workspace/main' : null), 'charter.roles')
  const own = computed(() => new Map([...rows.value].map(([id, row]) => [id, row.role.name])))
  return {
    called: (role) => roleWord(role, own.value.get(role), t, te),
    offered: computed(() => [...rows.value.values()].sort((a, b) => a.place - b.place).map((row) => row.role.role_id)),
  }
}
