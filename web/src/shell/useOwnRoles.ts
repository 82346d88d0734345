import { computed, watch } from 'vue'
import { can, mustSetUp, session } from '@/api'
import { useView } from '@/live'

/** What one may do follows the roles one holds now: given or taken away on air, they count at once, and nothing is opened anew. */
export function useOwnRoles(): void {
  const { rows, ready } = useView(() => (session.me !== null && !mustSetUp(session.me) && can('charter.read') ? 'workspace/main' : null), 'charter.roles')
  const held = computed(() => [...rows.value].filter(([, row]) => row.people.includes(session.me?.person_id ?? '')).map(([role]) => role).sort().join())
  /** As far as the charter knows them: of other roles it says nothing. */
  const known = (): string => (session.me?.roles ?? []).filter((role) => rows.value.has(role)).sort().join()
  watch([held, ready], () => {
    if (ready.value && held.value !== known()) void session.load().catch(() => null) // lost: the line that comes back tells it again
  })
}
