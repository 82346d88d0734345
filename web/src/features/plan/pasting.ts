/** What a pasted block would do to a rundown, cell by cell, before anything is done. Pure. */
import type { Cue } from '@/api'
import { same, type Change } from '@/ui/sheet'
import { blankCue, cellValue, changesOf, valueOf, type PlanContext, type Wrong } from './cueCells'

export interface PastedCell {
  column: string
  text: string
  value: unknown
  wrong: Wrong | null
  changed: boolean
}

export interface PastedRow {
  /** The cue written to; null: a new cue at the end. */
  cueId: string | null
  title: string
  cells: PastedCell[]
}

export interface PastePlan {
  rows: PastedRow[]
  changes: number
  added: number
  /** Cells left as they are because their text was not understood. */
  wrong: number
  /** Columns of the block that stand beyond the last column. */
  beyond: number
}

/**
 * Lay a block into the rundown from one cell on, over the columns as they are shown. Rows beyond the last cue are new cues; an empty
 * row is passed over. A blank cell empties a text and leaves what cannot be empty.
 */
export function planPaste(
  block: readonly (readonly string[])[], cues: readonly Cue[], from: number, columns: readonly string[], first: string, ctx: PlanContext,
): PastePlan {
  const at = Math.max(0, columns.indexOf(first))
  const widest = Math.max(...block.map((row) => row.length))
  const rows = block.flatMap((texts, offset) => {
    if (texts.every((text) => text.trim() === '')) return []
    return [pastedRow(texts, cues[from + offset] ?? null, columns.slice(at), ctx)]
  })
  const cells = rows.flatMap((row) => row.cells)
  return {
    rows,
    changes: rows.filter((row) => row.cueId !== null).flatMap((row) => row.cells).filter((cell) => cell.changed).length,
    added: rows.filter((row) => row.cueId === null).length,
    wrong: cells.filter((cell) => cell.wrong !== null).length,
    beyond: Math.max(0, widest - (columns.length - at)),
  }
}

function pastedRow(texts: readonly string[], cue: Cue | null, columns: readonly string[], ctx: PlanContext): PastedRow {
  const cells = columns.slice(0, texts.length).map((column, place): PastedCell => {
    const text = texts[place] ?? ''
    const read = cellValue(text, column, ctx)
    if ('value' in read) {
      return { column, text, value: read.value, wrong: null, changed: cue === null || !same(valueOf(cue, column), read.value) }
    }
    const blank = text.trim() === '' || read.wrong === 'read_only'
    return { column, text, value: null, wrong: blank ? null : read.wrong, changed: false }
  })
  const title = cells.find((cell) => cell.column === 'title')
  return { cueId: cue?.cue_id ?? null, title: typeof title?.value === 'string' ? title.value : (cue?.title ?? ''), cells }
}

/** The changes of one pasted row to a cue that is there; a later column of a field sees what the earlier ones made of it. */
export function pastedChanges(row: PastedRow, cue: Cue, ctx: PlanContext): Change[] {
  const was = new Map<string, unknown>()
  const to = new Map<string, unknown>()
  let now = cue
  for (const cell of row.cells.filter((one) => one.changed)) {
    for (const change of changesOf(now, cell.column, cell.value, ctx)) {
      if (!was.has(change.field)) was.set(change.field, change.was)
      to.set(change.field, change.to)
      now = { ...now, [change.field]: change.to }
    }
  }
  return [...to].map(([field, value]) => ({ field, was: was.get(field), to: value }))
}

/** The new cue a pasted row describes. */
export function pastedCue(row: PastedRow, cueId: string, title: string, ctx: PlanContext): Cue {
  const blank = blankCue(cueId, row.title || title)
  const changes = pastedChanges(row, blank, ctx)
  return { ...blank, ...Object.fromEntries(changes.map((change) => [change.field, change.to])) } as Cue
}
