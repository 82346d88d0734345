/** Edits a person must look at: which conflict is open, which draft is inspected, and how they are settled. */
import { computed, ref, type ComputedRef, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { editOf, type Edit } from './edits'
import { markOf, type SheetCell } from './sheet'
import type { Edits } from './useEdits'

export interface DraftsOptions {
  edits: Edits
  /** The field that a column shows. */
  fieldOf?: (column: string) => string
  /** A value as text to edit, and that text read again. */
  text: (value: unknown, field: string, row: string) => string
  read: (text: string, field: string, row: string) => { value: unknown } | { wrong: string }
}

export interface Drafts {
  conflict: ComputedRef<Edit | undefined>
  theirs: ComputedRef<string>
  mine: ComputedRef<string>
  inspected: Ref<Edit | null>
  /** What marks a cell whose newest edit is not in the log, and why. */
  markedBy: (row: string, column: string) => Pick<SheetCell, 'mark' | 'note'>
  inspect: (row: string, column: string) => void
  /** The first edit a person must look at, also when its row is gone. */
  inspectFirst: () => void
  settle: (kind: 'theirs' | 'mine') => void
  merged: (text: string) => void
  /** Settle it another time. */
  later: () => void
}

export function useDrafts({ edits, fieldOf = (column) => column, text, read }: DraftsOptions): Drafts {
  const { t } = useI18n()
  const open = ref(true)
  const inspected = ref<Edit | null>(null)
  const conflict = computed(() => (open.value ? edits.conflict.value : undefined))
  const inWords = (value: unknown): string => text(value, conflict.value?.field ?? '', conflict.value?.row ?? '')

  function markedBy(row: string, column: string): Pick<SheetCell, 'mark' | 'note'> {
    const edit = editOf(edits.edits.value, row, fieldOf(column))
    const mark = markOf(edit?.state)
    return mark === undefined ? { mark } : { mark, note: mark === 'refused' ? edit?.message : t(`sheet.note.${mark}`) }
  }

  function look(edit: Edit | undefined): void {
    if (edit?.state === 'conflict') open.value = true
    else if (edit?.state === 'refused' || edit?.state === 'offline') inspected.value = edit
  }

  function merged(typed: string): void {
    const edit = conflict.value
    if (edit === undefined) return
    const got = read(typed, edit.field, edit.row)
    if ('value' in got) edits.settle(edit, { kind: 'merged', value: got.value })
  }

  return {
    conflict, inspected, markedBy, merged,
    theirs: computed(() => inWords(conflict.value?.theirs)),
    mine: computed(() => inWords(conflict.value?.changes.find((one) => one.field === conflict.value?.field)?.to)),
    inspect: (row, column) => { look(editOf(edits.edits.value, row, fieldOf(column))) },
    inspectFirst: () => { look(edits.edits.value.find((one) => ['conflict', 'refused', 'offline'].includes(one.state))) },
    settle: (kind) => { if (conflict.value !== undefined) edits.settle(conflict.value, { kind }) },
    later: () => { open.value = false },
  }
}
