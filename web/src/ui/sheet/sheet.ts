/** The shapes a sheet is drawn from. A sheet knows rows and columns, not what they mean. */

export interface SheetColumn {
  key: string
  label: string
  /** Pixels. */
  width: number
  /** text: one value. lines: one point a line. choice: a list. none: read only. */
  editor: 'text' | 'lines' | 'choice' | 'none'
  align?: 'start' | 'end'
  /** Stays in sight when the sheet is scrolled sideways. */
  sticky?: boolean
  hint?: string
}

/** sending: on its way. offline: a draft kept here. conflict and refused: a person must look. */
export type CellMark = 'sending' | 'offline' | 'conflict' | 'refused'

export interface SheetCell {
  text: string
  mark?: CellMark
  /** What stands behind the mark or the tone, in words. */
  note?: string
  tone?: 'quiet' | 'watch' | 'act'
}

export interface SheetChoice {
  value: string
  label: string
}

export interface CellAddress {
  row: string
  column: string
}

export const addressKey = (row: string, column: string): string => `${row}/${column}`

/** Mark of a cell from the state of its newest edit. */
export function markOf(state: string | undefined): CellMark | undefined {
  if (state === 'queued' || state === 'sending') return 'sending'
  return state === 'offline' || state === 'conflict' || state === 'refused' ? state : undefined
}
