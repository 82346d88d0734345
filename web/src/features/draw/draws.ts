import type { DrawPrize, DrawRow } from '@/api/rows'

const ORDER: Record<string, number> = { open: 0, closed: 1, prepared: 2, drawn: 3, cancelled: 4 }

export interface DrawLine extends DrawRow {
  drawId: string
}

/** What waits for somebody first; then the newest. */
export function drawsOf(rows: ReadonlyMap<string, DrawRow>): DrawLine[] {
  const lines = [...rows].map(([drawId, row]) => ({ ...row, drawId }))
  return lines.sort((a, b) => (ORDER[a.stage] ?? 9) - (ORDER[b.stage] ?? 9) || (b.opens_at ?? 0) - (a.opens_at ?? 0))
}

/** Lines such as `晨光禮盒 1` or `小樣 x3`; a line without a number is one piece. Null when a count makes no sense. */
export function prizesOf(text: string): DrawPrize[] | null {
  const lines = text.normalize('NFKC').split('\n').map((line) => line.trim()).filter((line) => line !== '')
  const prizes = lines.map((line) => {
    const found = /^(.*?)(?:\s*[x×*]\s*|\s+)(\d+)\s*[份個个組组名]?$/.exec(line)
    return found ? { name: (found[1] ?? '').trim(), count: Number(found[2]) } : { name: line, count: 1 }
  })
  return prizes.length > 0 && prizes.every((prize) => prize.name !== '' && prize.count >= 1 && prize.count <= 1000) ? prizes : null
}
