/** The columns of the rundown: what is shown where, and what shows until somebody chooses otherwise. */
import type { SheetColumn } from '@/ui/sheet'
import { extraColumn } from './cueCells'

type Shape = Pick<SheetColumn, 'editor' | 'width'> & { align?: 'end'; sticky?: boolean; hidden?: boolean }

export const COLUMNS: Record<string, Shape> = {
  planned_at: { editor: 'none', width: 100, align: 'end' },
  duration_ms: { editor: 'text', width: 78, align: 'end' },
  title: { editor: 'text', width: 176 },
  cue_type: { editor: 'choice', width: 96 },
  start_mode: { editor: 'choice', width: 104 },
  start_at: { editor: 'text', width: 96, align: 'end' },
  product_id: { editor: 'choice', width: 168 },
  item_type: { editor: 'choice', width: 76 },
  mechanism: { editor: 'text', width: 176 },
  host_lines: { editor: 'lines', width: 208 },
  assistant_action: { editor: 'lines', width: 152 },
  operations_action: { editor: 'lines', width: 152 },
  tech_action: { editor: 'lines', width: 136 },
  must_not_say: { editor: 'lines', width: 128 },
  fallback: { editor: 'lines', width: 136 },
  goal_gmv_minor: { editor: 'text', width: 110, align: 'end' },
  proof: { editor: 'lines', width: 136, hidden: true },
}

/** On a narrow screen the name of a cue stands first and stays in sight. */
const NARROW_FIRST = 'title'

export function columnKeys(hidden: ReadonlySet<string>, extras: readonly string[], narrow: boolean): string[] {
  const keys = [...Object.keys(COLUMNS), ...extras.map(extraColumn)].filter((key) => !hidden.has(key))
  return narrow && keys.includes(NARROW_FIRST) ? [NARROW_FIRST, ...keys.filter((key) => key !== NARROW_FIRST)] : keys
}

export const startHidden = (): string[] => Object.keys(COLUMNS).filter((key) => COLUMNS[key]?.hidden === true)

export function sheetColumn(key: string, label: string, hint: string, narrow: boolean): SheetColumn {
  const shape = COLUMNS[key] ?? { editor: 'text', width: 140 }
  const sticky = narrow ? key === NARROW_FIRST : key === 'planned_at' || key === 'duration_ms' || key === 'title'
  const width = narrow && key === NARROW_FIRST ? 128 : shape.width
  return { key, label, hint, width, editor: shape.editor, align: shape.align, sticky }
}
