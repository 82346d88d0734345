import { computed, onScopeDispose, reactive, ref, watch, type ComputedRef, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { can, read, send, type CellChange, type CharterDuty, type CharterDutyRow, type CharterEffectRow, type CharterFindingRow, type CharterHeadRow, type CharterRoleRow, type CharterWords, type SignatureRow } from '@/api'
import { useNames, useView } from '@/live'
import { useToast } from '@/ui'
import { effectsInOrder, inOrder, undone } from './charter'
import { WORKSPACE } from './workspace'

export interface CharterNow {
  head: ComputedRef<CharterHeadRow | null>
  /** The draft while there is one, else what stands. */
  duties: ComputedRef<CharterDutyRow[]>
  roles: ComputedRef<CharterRoleRow[]>
  findings: ComputedRef<CharterFindingRow[]>
  effects: ComputedRef<CharterEffectRow[]>
  signatures: ComputedRef<ReadonlyMap<string, SignatureRow>>
  words: CharterWords
  mayEdit: ComputedRef<boolean>
  editing: ComputedRef<boolean>
  titleOf: (duty: string) => string
  roleName: (role: string) => string
  nameOf: (person: string) => string
  proofOf: (duty: CharterDuty) => string
  skillOf: (duty: CharterDuty) => string
  apply: (changes: CellChange[]) => Promise<void>
  undo: () => Promise<void>
  undoable: Ref<number>
}

/** The charter of the house, live, in the reader's words, with a way to change the draft and to take that back. */
export function useCharter(): CharterNow {
  const { locale } = useI18n()
  const toast = useToast()
  const heads = useView(WORKSPACE, 'charter.head')
  const draft = useView(WORKSPACE, 'charter.draft')
  const draftRoles = useView(WORKSPACE, 'charter.draft_roles')
  const standing = useView(WORKSPACE, 'charter.duties')
  const standingRoles = useView(WORKSPACE, 'charter.roles')
  const found = useView(WORKSPACE, 'charter.findings')
  const told = useView(WORKSPACE, 'charter.effects')
  const signed = useView(WORKSPACE, 'charter.signatures')
  const { nameOf } = useNames()
  const words = reactive<CharterWords>({ duties: {}, proofs: {}, skills: {}, splits: {}, roles: {} })
  const done = ref<CellChange[][]>([])
  let gone = false
  onScopeDispose(() => (gone = true))
  watch(
    locale,
    async () => {
      const answer = await read('get /api/charter/words', {}).catch((error: unknown) => (toast.refused(error), null))
      if (answer !== null && !gone) Object.assign(words, answer)
    },
    { immediate: true },
  )

  const head = computed(() => heads.rows.value.get('charter') ?? null)
  const editing = computed(() => head.value?.drafting === true)
  const duties = computed(() => inOrder(editing.value ? draft.rows.value : standing.rows.value))
  const roles = computed(() => inOrder(editing.value ? draftRoles.rows.value : standingRoles.rows.value))
  const own = computed(() => new Map(duties.value.map(({ duty }) => [duty.duty_id, duty.title])))
  const called = computed(() => new Map(roles.value.map(({ role }) => [role.role_id, role.name])))

  async function apply(changes: CellChange[]): Promise<void> {
    if (changes.length === 0) return
    try {
      await send(WORKSPACE, 'charter.change_cells', { changes })
      done.value.push(changes)
    } catch (error) {
      toast.refused(error)
    }
  }

  async function undo(): Promise<void> {
    const last = done.value.pop()
    if (last === undefined) return
    try {
      await send(WORKSPACE, 'charter.change_cells', { changes: undone(last) })
    } catch (error) {
      toast.refused(error)
    }
  }

  watch(editing, () => (done.value = []))
  const or = (text: string | undefined, id: string): string => (text === undefined || text === '' ? id : text)
  return {
    head,
    duties,
    roles,
    findings: computed(() => inOrder(found.rows.value)),
    effects: computed(() => effectsInOrder([...told.rows.value.values()], roles.value)),
    signatures: computed(() => signed.rows.value),
    words,
    mayEdit: computed(() => can('charter.edit')),
    editing,
    titleOf: (duty) => or(own.value.get(duty), or(words.duties[duty], duty)),
    roleName: (role) => or(called.value.get(role), or(words.roles[role], role)),
    nameOf,
    proofOf: (duty) => or(words.proofs[duty.proof], duty.proof),
    skillOf: (duty) => or(words.skills[duty.skill], duty.skill),
    apply,
    undo,
    undoable: computed(() => done.value.length),
  }
}
