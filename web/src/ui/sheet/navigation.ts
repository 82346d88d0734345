/** Where the active cell goes, and which rows are worth drawing. Pure. */

export interface Place {
  row: number
  column: number
}

export interface Extent {
  rows: number
  columns: number
  /** Rows that fit on the screen: what Page Up and Page Down step over. */
  page: number
}

export interface KeyPress {
  key: string
  shiftKey: boolean
  ctrlKey: boolean
  metaKey: boolean
}

const held = (value: number, count: number): number => Math.min(Math.max(value, 0), Math.max(count - 1, 0))

/** The cell a key leads to; null when the key does not move. Tab goes on in the next row and stops at both ends. */
export function moved(from: Place, press: KeyPress, extent: Extent): Place | null {
  const far = press.ctrlKey || press.metaKey
  const to = (row: number, column: number): Place => ({ row: held(row, extent.rows), column: held(column, extent.columns) })
  switch (press.key) {
    case 'ArrowUp':
      return to(far ? 0 : from.row - 1, from.column)
    case 'ArrowDown':
      return to(far ? extent.rows - 1 : from.row + 1, from.column)
    case 'ArrowLeft':
      return to(from.row, far ? 0 : from.column - 1)
    case 'ArrowRight':
      return to(from.row, far ? extent.columns - 1 : from.column + 1)
    case 'Home':
      return to(far ? 0 : from.row, 0)
    case 'End':
      return to(far ? extent.rows - 1 : from.row, extent.columns - 1)
    case 'PageUp':
      return to(from.row - extent.page, from.column)
    case 'PageDown':
      return to(from.row + extent.page, from.column)
    case 'Tab':
      return tabbed(from, press.shiftKey ? -1 : 1, extent)
    default:
      return null
  }
}

function tabbed(from: Place, step: number, extent: Extent): Place | null {
  const index = from.row * extent.columns + from.column + step
  if (index < 0 || index >= extent.rows * extent.columns) return null
  return { row: Math.floor(index / extent.columns), column: index % extent.columns }
}

/** Rows between two ends, both included. */
export function span(anchor: number, head: number): [number, number] {
  return anchor <= head ? [anchor, head] : [head, anchor]
}

/** First and one-past-last row to draw; `overscan` rows more on both sides, so that a fast scroll shows no holes. */
export function drawn(scrollTop: number, height: number, rowHeight: number, rows: number, overscan: number): [number, number] {
  const first = Math.max(0, Math.floor(scrollTop / rowHeight) - overscan)
  const last = Math.min(rows, Math.ceil((scrollTop + height) / rowHeight) + overscan)
  return [Math.min(first, last), last]
}

/** New order after `keys` (in their present order) were put before place `to` of the old order. */
export function reordered(order: readonly string[], keys: ReadonlySet<string>, to: number): string[] {
  const taken = order.filter((key) => keys.has(key))
  const before = order.slice(0, to).filter((key) => !keys.has(key))
  const after = order.slice(to).filter((key) => !keys.has(key))
  return [...before, ...taken, ...after]
}
