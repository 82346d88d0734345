/** Sends edits row by row, keeps what could not be sent, and brings it again when the connection is back. */
import { computed, ref, watch, type ComputedRef, type Ref } from 'vue'
import {
  agrees, answered, restored, sendable, settled, stored, withEdit, withoutConfirmed, withState, same,
  type Change, type Choice, type Edit, type Outcome,
} from './edits'

const RETRY_MS = 3000 // a lost request while the live channel stands: try again soon
const CONFIRMED_MS = 3000 // the view has had its time: a value the server wrote otherwise is shown as it stands

export interface EditsOptions {
  /** Where drafts are kept over a reload. */
  storageKey: string
  send: (row: string, changes: Change[], key: string) => Promise<Outcome>
  /** The value in the log's view now. */
  current: (row: string, field: string) => unknown
  /** Changes whenever the view changed. */
  version: Ref<unknown>
  online: Ref<boolean>
}

export interface Edits {
  edits: Ref<Edit[]>
  conflict: ComputedRef<Edit | undefined>
  change: (row: string, changes: Change[]) => void
  settle: (edit: Edit, choice: Choice) => void
  discard: (edit: Edit) => void
  /** Put one's last edit back: a new edit the other way round, so that nobody else's is overwritten. False: nothing to put back. */
  undo: () => boolean
  /** Number of edits the log has not got. */
  unsaved: ComputedRef<number>
}

/** A key no other tab makes; works without a secure context. */
export function freshKey(prefix: string): string {
  const bytes = crypto.getRandomValues(new Uint8Array(8))
  return prefix + Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

export function useEdits(options: EditsOptions): Edits {
  const edits = ref(restored(localStorage.getItem(options.storageKey))) as Ref<Edit[]>
  const done: { row: string; changes: Change[] }[] = []
  const conflict = computed(() => edits.value.find((edit) => edit.state === 'conflict'))
  const unsaved = computed(() => edits.value.filter((edit) => edit.state !== 'accepted').length)

  async function deliver(edit: Edit): Promise<void> {
    edits.value = withState(edits.value, edit.key, 'sending')
    const outcome = await options.send(edit.row, edit.changes, edit.key)
    edits.value = withoutConfirmed(answered(edits.value, edit.key, outcome), options.current)
    const stale = edits.value.find((one) => one.key === edit.key && one.state === 'conflict' && agrees(one))
    if (stale !== undefined) settle(stale, { kind: 'theirs' })
    if (outcome.kind === 'accepted') setTimeout(() => { discard(edit) }, CONFIRMED_MS)
    if (outcome.kind === 'offline') setTimeout(requeue, RETRY_MS)
    pump()
  }

  function requeue(): void {
    edits.value = edits.value.map((edit) => (edit.state === 'offline' ? { ...edit, state: 'queued' } : edit))
    pump()
  }

  function pump(): void {
    if (!options.online.value) {
      edits.value = edits.value.map((edit) => (edit.state === 'queued' ? { ...edit, state: 'offline' } : edit))
      return
    }
    for (const edit of sendable(edits.value)) void deliver(edit)
  }

  function change(row: string, changes: Change[]): void {
    const real = changes.filter((one) => !same(one.was, one.to))
    if (real.length === 0) return
    done.push({ row, changes: real })
    enter(row, real)
  }

  function enter(row: string, real: Change[]): void {
    edits.value = withEdit(edits.value, freshKey('edit-'), row, real)
    pump()
  }

  function undo(): boolean {
    const last = done.pop()
    if (last === undefined) return false
    enter(last.row, last.changes.map(({ field, was, to }) => ({ field, was: to, to: was })))
    return true
  }

  function discard(edit: Edit): void {
    edits.value = edits.value.filter((one) => one.key !== edit.key)
  }

  function settle(edit: Edit, choice: Choice): void {
    const changes = settled(edit, choice)
    discard(edit)
    if (changes.length > 0) change(edit.row, changes)
  }

  watch(options.version, () => {
    if (edits.value.length > 0) edits.value = withoutConfirmed(edits.value, options.current)
  })
  watch(
    options.online,
    (online) => {
      if (online) requeue()
    },
    { immediate: true },
  )
  watch(edits, (now) => { localStorage.setItem(options.storageKey, stored(now)) })
  return { edits, conflict, change, settle, discard, undo, unsaved }
}
