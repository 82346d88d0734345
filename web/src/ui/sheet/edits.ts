/** Edits on their way to the log: shown at once, marked until the log has them, kept when it does not. Pure. */

export interface Change {
  field: string
  /** What the editor saw. */
  was: unknown
  to: unknown
}

/**
 * queued: waits for an earlier edit of its row. sending: no answer yet. accepted: in the log, not yet in the view.
 * offline: the network was lost; sent again on return. conflict: somebody changed the field meanwhile. refused: a rule said no.
 */
export type EditState = 'queued' | 'sending' | 'accepted' | 'offline' | 'conflict' | 'refused'

export interface Edit {
  /** Idempotency key: sending it again never does it twice. */
  key: string
  row: string
  changes: Change[]
  state: EditState
  /** Why it was refused, in the reader's language. */
  message: string
  /** The field in conflict and what it holds in the log. */
  field: string
  theirs: unknown
}

export type Outcome =
  | { kind: 'accepted' }
  | { kind: 'offline' }
  | { kind: 'conflict'; field: string; theirs: unknown }
  | { kind: 'refused'; message: string }

export const same = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null)

const isOpen = (edit: Edit): boolean => edit.state !== 'queued' && edit.state !== 'sending'

/** Edits with one more. What stands still for the same fields is replaced and its `was` kept: one field, one draft. */
export function withEdit(edits: readonly Edit[], key: string, row: string, changes: Change[]): Edit[] {
  const touches = (edit: Edit): boolean =>
    edit.row === row && isOpen(edit) && edit.state !== 'accepted' && edit.changes.some((old) => changes.some((c) => c.field === old.field))
  const replaced = edits.filter(touches).flatMap((edit) => edit.changes)
  const kept = replaced.filter((old) => !changes.some((change) => change.field === old.field))
  const first = new Map(replaced.map((old) => [old.field, old.was]))
  const merged = changes.map((change) => ({ ...change, was: first.has(change.field) ? first.get(change.field) : change.was }))
  const edit: Edit = { key, row, changes: [...kept, ...merged], state: 'queued', message: '', field: '', theirs: null }
  return [...edits.filter((old) => !touches(old)), edit].filter((one) => one.changes.length > 0)
}

/** The next edit to send: the oldest queued one of each row that has none in flight. */
export function sendable(edits: readonly Edit[]): Edit[] {
  const busy = new Set(edits.filter((edit) => edit.state === 'sending').map((edit) => edit.row))
  const found: Edit[] = []
  for (const edit of edits) {
    if (edit.state !== 'queued' || busy.has(edit.row)) continue
    busy.add(edit.row)
    found.push(edit)
  }
  return found
}

export const withState = (edits: readonly Edit[], key: string, state: EditState): Edit[] =>
  edits.map((edit) => (edit.key === key ? { ...edit, state } : edit))

/** The log (or the network) answered. */
export function answered(edits: readonly Edit[], key: string, outcome: Outcome): Edit[] {
  return edits.map((edit) => {
    if (edit.key !== key) return edit
    switch (outcome.kind) {
      case 'accepted':
      case 'offline':
        return { ...edit, state: outcome.kind }
      case 'conflict':
        return { ...edit, state: outcome.kind, field: outcome.field, theirs: outcome.theirs }
      case 'refused':
        return { ...edit, state: outcome.kind, message: outcome.message }
    }
  })
}

/** Without accepted edits whose values the view shows (or that somebody has already changed again). */
export function withoutConfirmed(edits: readonly Edit[], current: (row: string, field: string) => unknown): Edit[] {
  return edits.filter((edit) => edit.state !== 'accepted' || edit.changes.some(({ field, was }) => same(current(edit.row, field), was)))
}

/** The newest edit of a field, or undefined. */
export function editOf(edits: readonly Edit[], row: string, field: string): Edit | undefined {
  return edits.findLast((edit) => edit.row === row && edit.changes.some((change) => change.field === field))
}

/** What a field shows: the newest edit's value over the log's. */
export function shown(edits: readonly Edit[], row: string, field: string, current: unknown): unknown {
  const change = editOf(edits, row, field)?.changes.findLast((one) => one.field === field)
  return change === undefined ? current : change.to
}

export type Choice = { kind: 'theirs' } | { kind: 'mine' } | { kind: 'merged'; value: unknown }

/** A conflict settled by a person: the changes to send anew (none when only theirs is kept). Other fields of the edit go on. */
export function settled(edit: Edit, choice: Choice): Change[] {
  return edit.changes.flatMap((change) => {
    if (change.field !== edit.field) return [change]
    if (choice.kind === 'theirs') return []
    const to = choice.kind === 'mine' ? change.to : choice.value
    return same(to, edit.theirs) ? [] : [{ field: change.field, was: edit.theirs, to }]
  })
}

/** Both people wrote the same: nothing to ask. */
export const agrees = (edit: Edit): boolean => edit.changes.some((change) => change.field === edit.field && same(change.to, edit.theirs))

/** A first proposal for a merge: theirs, then those of my lines that are not there yet. */
export function mergedText(theirs: string, mine: string): string {
  const lines = theirs.split('\n').filter((line) => line !== '')
  const added = mine.split('\n').filter((line) => line !== '' && !lines.includes(line))
  return [...lines, ...added].join('\n')
}

/** Edits worth keeping over a reload, and how they come back: what was on its way is sent again under its key. */
export function stored(edits: readonly Edit[]): string {
  return JSON.stringify(edits.filter((edit) => edit.state !== 'accepted'))
}

export function restored(text: string | null): Edit[] {
  try {
    const edits = JSON.parse(text ?? '[]') as Edit[]
    return edits.map((edit) => (edit.state === 'sending' || edit.state === 'queued' ? { ...edit, state: 'offline' } : edit))
  } catch {
    return []
  }
}
