import { computed, reactive, watch, type ComputedRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { can, read, type CheckLine, type Task } from '@/api'
import { useNames, useView } from '@/live'
import { useToast } from '@/ui'
import { roleWord } from '@/words/people'

export interface Team {
  /** The roles people may hold, in the charter's order. */
  roles: ComputedRef<string[]>
  /** Everybody who holds a role. */
  people: ComputedRef<string[]>
  holders: (roleId: string) => readonly string[]
  roleName: (roleId: string) => string
  nameOf: (personId: string) => string
  /** A task or a line by its words: one's own, or those of the template in the reader's language. */
  titleOf: (named: Task | CheckLine | string) => string
}

/** Who does tasks, and what those of the template are called. */
export function useTeam(): Team {
  const { t, te, locale } = useI18n()
  const toast = useToast()
  const workspace = (): string | null => (can('charter.read') ? 'workspace/main' : null)
  const roles = useView(workspace, 'charter.roles')
  const { nameOf } = useNames()
  const words = reactive(new Map<string, string>())
  watch(
    locale,
    async () => {
      const answer = await read('get /api/tasks/words', {}).catch((error: unknown) => (toast.refused(error), null))
      for (const [key, text] of Object.entries(answer?.titles ?? {})) words.set(key, text)
    },
    { immediate: true },
  )
  const rows = computed(() => [...roles.rows.value.values()].sort((a, b) => a.place - b.place))
  const own = computed(() => new Map(rows.value.map((row) => [row.role.role_id, row.role.name])))
  const said = (text: string): string => words.get(text) ?? text
  return {
    roles: computed(() => rows.value.map((row) => row.role.role_id)),
    people: computed(() => [...new Set(rows.value.flatMap((row) => row.people))]),
    holders: (roleId) => roles.rows.value.get(roleId)?.people ?? [],
    roleName: (roleId) => roleWord(roleId, own.value.get(roleId), t, te),
    nameOf,
    titleOf: (named) => said(typeof named === 'string' ? named : 'title' in named ? named.title : named.text),
  }
}
