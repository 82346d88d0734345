export interface ImportNote { cell: string; code: string; text: string; message: string }
export interface ImportRow { row: number; status: 'ok' | 'partial' | 'skipped'; title: string; notes: ImportNote[] }
export interface ImportReport {
  filename: string
  sheet: string
  header_row: number
  columns: { header: string; field: string | null }[]
  rows: ImportRow[]
  imported: number
  head: Record<string, unknown>
}
