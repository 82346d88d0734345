import { onScopeDispose, watch, type Ref } from 'vue'
import { can, lookAt, session } from '@/api'
import { useView } from '@/live'

/** What one may do is that of the show one looks at: its charter, its phase. Asked anew when either changes, or what one took in need or stands in for. */
export function useDuties(showId: Ref<string>): void {
  const reads = (): boolean => session.me !== null && can('charter.read')
  const inForce = useView(() => (reads() ? `show/${showId.value}` : null), 'charter.in_force')
  const heads = useView(() => (reads() ? 'workspace/main' : null), 'charter.head')
  const takings = useView(() => (session.me !== null && can('roster.read') ? `show/${showId.value}` : null), 'duty.takings')
  const board = useView(() => (session.me !== null && can('roster.read') ? `show/${showId.value}` : null), 'roster.board')
  const seats = (): string => [...board.rows.value.values()].filter((row) => row.on_duty && row.person_id === session.me?.person_id).map((row) => row.role_id).join()
  const taken = (): string => [...takings.rows.value.values()].filter((row) => row.ended_at === null && row.person_id === session.me?.person_id).map((row) => row.taking_id).join()
  watch(
    [showId, taken, seats, () => JSON.stringify(inForce.rows.value.get('charter')), () => heads.rows.value.get('charter')?.version, () => session.me?.roles.join()],
    () => void lookAt(reads() ? showId.value : null),
    { immediate: true },
  )
  onScopeDispose(() => void lookAt(null))
}
