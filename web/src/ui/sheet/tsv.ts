/** The clipboard of spreadsheets: tab-separated values with quoted cells. Pure. */

/** Cells of a pasted block. Quoted cells may hold tabs and line breaks; "" inside quotes is one quote. The last empty line is dropped. */
export function parseBlock(text: string): string[][] {
  const source = text.replace(/\r\n?/g, '\n').replace(/\n$/, '')
  const rows: string[][] = [[]]
  let at = 0
  while (at <= source.length) {
    const [cell, next] = source[at] === '"' ? quoted(source, at) : plain(source, at)
    rows[rows.length - 1]?.push(cell)
    if (next < source.length && source[next] === '\n') rows.push([])
    at = next + 1
  }
  return rows
}

function plain(source: string, from: number): [string, number] {
  let end = from
  while (end < source.length && source[end] !== '\t' && source[end] !== '\n') end += 1
  return [source.slice(from, end), end]
}

/** A quoted cell; where the closing quote is missing or text follows it, the cell is taken as it stands. */
function quoted(source: string, from: number): [string, number] {
  let cell = ''
  for (let at = from + 1; at < source.length; at += 1) {
    if (source[at] !== '"') {
      cell += source[at]
    } else if (source[at + 1] === '"') {
      cell += '"'
      at += 1
    } else {
      const next = source[at + 1]
      return next === undefined || next === '\t' || next === '\n' ? [cell, at + 1] : plain(source, from)
    }
  }
  return plain(source, from)
}

/** True when a paste is a block of cells and not one value. */
export function isBlock(text: string): boolean {
  const rows = parseBlock(text)
  return rows.length > 1 || (rows[0]?.length ?? 0) > 1
}

/** Cells as spreadsheets take them from the clipboard. */
export function blockText(rows: readonly (readonly string[])[]): string {
  const cell = (text: string): string => (/["\t\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
  return rows.map((row) => row.map(cell).join('\t')).join('\n')
}
