/** A sheet's rows as one edits them: the log's with one's own edits laid over, who else is in which cell, and what an editor saw. */
import { computed, onScopeDispose, type ComputedRef, type Ref } from 'vue'
import { connection, sayEditing, usePresence } from '@/live'
import { shown, type Change } from './edits'
import { outcomeOf } from './outcome'
import { addressKey, type CellAddress } from './sheet'
import { useEdits, type Edits } from './useEdits'

export interface CellEditsOptions<Row extends object> {
  stream: () => string
  me: () => string
  /** What the sheet is of: drafts are kept under it over a reload. */
  drafts: string
  /** Presence names cells by row: tells the rows of this sheet from those of others on the stream. */
  prefix?: string
  /** The row as the log has it. */
  logged: (row: string) => Row | undefined
  /** Changes whenever the view changed. */
  version: Ref<unknown>
  send: (row: string, changes: Change[], key: string) => Promise<unknown>
  /** The field that a column shows. */
  fieldOf?: (column: string) => string
  /** What a new value of a column changes, said against the row as the editor saw it. */
  changesOf?: (seen: Row, column: string, value: unknown, row: string) => Change[]
}

export interface CellEdits<Row extends object> {
  edits: Edits
  /** Names of the others who edit a cell, by its address. */
  others: ComputedRef<ReadonlyMap<string, readonly string[]>>
  /** The row with one's own edits over it. */
  row: (id: string) => Row | undefined
  change: (row: string, column: string, value: unknown) => void
  /** The cell one edits now, null for none. */
  editing: (at: CellAddress | null) => void
}

export function useCellEdits<Row extends object>(options: CellEditsOptions<Row>): CellEdits<Row> {
  const { stream, me, logged, prefix = '', fieldOf = (column) => column } = options
  const valueOf = (row: Row | undefined, field: string): unknown => row?.[field as keyof Row]
  const changesOf = options.changesOf ?? ((seen, field, to) => [{ field, was: valueOf(seen, field), to }])
  const people = usePresence(stream)
  const edits = useEdits({
    storageKey: `kaibo.drafts.${options.drafts}.${stream()}`,
    send: (row, changes, key) => outcomeOf(options.send(row, changes, key)),
    current: (row, field) => valueOf(logged(row), field),
    version: options.version,
    online: computed(() => connection.state === 'live'),
  })
  const others = computed(() => {
    const names = new Map<string, string[]>()
    for (const { editing, name, person_id } of people.value) {
      if (editing === null || person_id === me() || !editing.startsWith(prefix)) continue
      const at = editing.slice(prefix.length)
      names.set(at, [...(names.get(at) ?? []), name])
    }
    return names
  })
  onScopeDispose(() => { sayEditing(stream(), null) })

  function row(id: string): Row | undefined {
    const inLog = logged(id)
    const mine = edits.edits.value.filter((edit) => edit.row === id)
    if (inLog === undefined || mine.length === 0) return inLog
    const fields = [...new Set(mine.flatMap((edit) => edit.changes.map((one) => one.field)))]
    const over = fields.map((field) => [field, shown(mine, id, field, valueOf(inLog, field))])
    return { ...inLog, ...(Object.fromEntries(over) as Partial<Row>) }
  }

  /** The cell being edited and its row as it stood when editing began: what the editor saw is what a change is said against. */
  let begun: (CellAddress & { seen: Row | undefined }) | null = null

  function editing(at: CellAddress | null): void {
    begun = at === null ? null : { ...at, seen: row(at.row) }
    sayEditing(stream(), at === null ? null : addressKey(prefix + at.row, fieldOf(at.column)))
  }

  function change(id: string, column: string, value: unknown): void {
    const seen = begun?.row === id && begun.column === column ? begun.seen : row(id)
    if (seen !== undefined) edits.change(id, changesOf(seen, column, value, id))
  }

  return { edits, others, row, change, editing }
}
