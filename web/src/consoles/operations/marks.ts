/** What began in which minute, and which promos ended, with the words for the chart. Pure. */
import type { CueRow, MinuteRow, ProductCard, PromoRow } from '@/api'
import type { ChartMark } from '@/features/metric'

export function marksOf(
  minutes: readonly MinuteRow[],
  cues: ReadonlyMap<string, CueRow>,
  promos: ReadonlyMap<string, PromoRow>,
  cards: ReadonlyMap<string, ProductCard>,
): ChartMark[] {
  return minutes.flatMap((row) =>
    row.marks.flatMap((mark): ChartMark[] => {
      const at = mark.indexOf(':')
      const [kind, id] = [mark.slice(0, at), mark.slice(at + 1)]
      if (kind === 'cue') return [{ minute: row.minute, kind, title: cues.get(id)?.cue.title ?? id }]
      if (kind !== 'promo' && kind !== 'promo_end') return []
      const product = promos.get(id)?.product_id ?? id
      return [{ minute: row.minute, kind, title: cards.get(product)?.name ?? product }]
    }),
  )
}
