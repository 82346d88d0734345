import { computed, ref, watch, type ComputedRef } from 'vue'
import { can, read, type DeclaredRow, type RosterConflict, type ShowRow } from '@/api'
import { useView } from '@/live'
import { lacksOf, type Lack } from './readiness'

/** Who is on duty, as far as readiness asks. */
interface Duty {
  rows: ComputedRef<unknown>
  roles: ComputedRef<unknown>
  show: ComputedRef<ShowRow | undefined>
  nameOf: (person: string) => string
  roleName: (role: string) => string
}

export interface Readiness {
  ready: ComputedRef<boolean>
  lacks: ComputedRef<readonly Lack[]>
  declared: ComputedRef<DeclaredRow | undefined>
  nameOf: (person: string) => string
}

/** What is missing before air, the same on every screen that asks; nothing is looked at while `on` is false. */
export function useReadiness(stream: () => string, roster: Duty, on: () => boolean = () => true): Readiness {
  const asked = (): string | null => (on() && can('roster.read') ? stream() : null)
  const items = useView(asked, 'readiness.items')
  const said = useView(asked, 'readiness.declared')
  const wordList = useView(() => (on() && can('moderation.read') ? 'workspace/main' : null), 'moderation.words')
  const showId = computed(() => roster.show.value?.show_id ?? '')
  const conflicts = ref<readonly RosterConflict[]>([])
  let turn = 0
  watch([on, showId, roster.rows, roster.roles, roster.show], () => void look(), { immediate: true })

  async function look(): Promise<void> {
    const mine = ++turn
    if (!on() || showId.value === '' || !can('roster.read')) return
    const answer = await read('get /api/shows/{show_id}/roster/conflicts', { show_id: showId.value }).catch(() => null)
    if (mine === turn && answer !== null) conflicts.value = answer.conflicts
  }

  return {
    ready: computed(() => items.ready.value),
    lacks: computed(() => {
      return lacksOf(items.rows.value.values(), wordList.ready.value ? wordList.rows.value.size : undefined, roster.show.value?.state === 'planned' ? conflicts.value : [], roster.roleName)
    }),
    declared: computed(() => said.rows.value.get('ready')),
    nameOf: roster.nameOf,
  }
}
