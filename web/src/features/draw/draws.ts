import type { Prize, DrawRow } from '@/api'

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
export function prizesOf(text: string): Prize[] | null {
  const lines = text.normalize('NFKC').split('\n').map((line) => line.trim()).filter((line) => line !== '')
  const prizes = lines.map((line) => {
    const found = /^(.*?)(?:\s*[x×*]\s*|\s+)(\d+)\s*[份個个組组名]?$/.exec(line)
    return found ? { name: (found[1] ?? '').trim(), count: Number(found[2]) } : { name: line, count: 1 }
  })
  return prizes.length > 0 && prizes.every((prize) => prize.name !== '' && prize.count >= 1 && prize.count <= 1000) ? prizes : null
}

/** Those that viewers were promised and nobody has drawn; one that only lies ready was promised to nobody. */
export const undrawn = (rows: ReadonlyMap<string, DrawRow>): DrawLine[] => drawsOf(rows).filter((one) => one.stage === 'open' || one.stage === 'closed')

/** How long winners stand on the host's screen. */
export const TOLD_MS = 120_000

/** What the host says of draws now: the one that takes comments, else the one that waits to be drawn, else who won since this cue began, for two minutes. */
export function onAir(rows: ReadonlyMap<string, DrawRow>, now: number, cueSince: number): DrawLine | undefined {
  const lines = drawsOf(rows)
  const going = lines.find((one) => one.stage === 'open') ?? lines.find((one) => one.stage === 'closed')
  const told = lines.filter((one) => one.stage === 'drawn' && one.drawn_at !== null && one.drawn_at >= cueSince && now - one.drawn_at < TOLD_MS)
  return going ?? told.sort((a, b) => (b.drawn_at ?? 0) - (a.drawn_at ?? 0))[0]
}

/** Who takes which prize home, prize by prize in the order of the rules. */
export function takers(draw: DrawRow): { prize: string; names: string[] }[] {
  const kept = draw.winners.filter((one) => !(String(one.rank) in draw.dropped))
  return draw.prizes
    .map(({ name: prize }) => ({ prize, names: kept.filter((one) => one.prize === prize).map((one) => one.name || one.key.slice(one.key.indexOf('/') + 1)) }))
    .filter((one) => one.names.length > 0)
}
