/** Proposals as a director reads them. Pure. */
import type { PromoRow } from '@/api'
import { stillWrong } from '@/words/promo'

/** Settled ones that stand below without being asked for. */
export const RECENT = 8

/** What became of it, in one word. */
export type PromoReads = PromoRow['reads']
const RUNNING: readonly PromoReads[] = ['approved', 'applied', 'stays', 'ending', 'taking_back', 'not_taken_back', 'expired']

/** Does somebody still have to end it: do buyers have it, does the shop, or is it on its way to them or away? */
export function running(promo: Pick<PromoRow, 'reads'>): boolean {
  return RUNNING.includes(promo.reads)
}

/** Those that wait for a yes or no, oldest first; those that are on, and what became of the others, newest first. */
export function sorted(rows: Iterable<PromoRow>): { waiting: PromoRow[]; on: PromoRow[]; settled: PromoRow[] } {
  const all = [...rows]
  const waiting = all.filter((promo) => promo.stage === 'proposed').sort((a, b) => a.proposed_at - b.proposed_at)
  const others = all.filter((promo) => promo.stage !== 'proposed').sort((a, b) => b.changed_at - a.changed_at)
  return { waiting, on: others.filter(running), settled: others.filter((promo) => !running(promo)) }
}

const TOLD: readonly PromoReads[] = ['failed', 'ended', 'taken_back', 'lapsed', 'lapsed_show']

/** By product, the newest of each kind that stands or moves, and every one that nobody is to say; what came of the others is news until the next cue, which went at `cueSince`. */
export function tagsOf(rows: Iterable<PromoRow>, cueSince: number): Map<string, PromoRow[]> {
  const told = [...rows].filter((promo) => running(promo) || (TOLD.includes(promo.reads) && promo.changed_at >= cueSince))
  const newest = new Map<string, Map<string, PromoRow>>()
  for (const promo of told.sort((a, b) => Number(running(a)) - Number(running(b)) || a.changed_at - b.changed_at)) {
    const of = newest.get(promo.product_id) ?? new Map<string, PromoRow>()
    const before = of.get(promo.kind)
    if (stillWrong(promo) && before !== undefined && !running(before) && before.changed_at <= promo.changed_at) of.delete(promo.kind) // that it ended is not true of the one that came after it
    newest.set(promo.product_id, of.set(stillWrong(promo) ? promo.promo_id : promo.kind, promo))
  }
  return new Map([...newest].map(([id, tags]) => [id, [...tags.values()]]))
}

/** The change in percent of the price it starts from; null where there is none to speak of. */
export function cutPercent(promo: PromoRow): number | null {
  if (promo.kind !== 'price' || promo.price_was_minor <= 0) return null
  return Math.round(((promo.price_minor - promo.price_was_minor) / promo.price_was_minor) * 100)
}

/** Was the price changed since the proposal was written? Then its figures spoke for another price, and no kind of it is approved. */
export function overtaken(promo: PromoRow, priceNowMinor: number | null | undefined): boolean {
  if (promo.stage !== 'proposed') return false
  return priceNowMinor !== undefined && priceNowMinor !== promo.price_was_minor
}

/** How each word looks; `shape` stands for the colour. */
export const MARKS: Record<PromoReads, { shape: string; tone: 'watch' | 'info' | 'good' | 'act' | 'quiet' }> = {
  proposed: { shape: '▲', tone: 'watch' },
  approved: { shape: '◐', tone: 'info' },
  applied: { shape: '✓', tone: 'good' },
  failed: { shape: '■', tone: 'act' },
  ending: { shape: '◐', tone: 'watch' },
  taking_back: { shape: '■', tone: 'act' },
  not_taken_back: { shape: '■', tone: 'act' },
  expired: { shape: '◷', tone: 'watch' },
  stays: { shape: '■', tone: 'act' },
  replaced: { shape: '✕', tone: 'quiet' },
  ended: { shape: '✕', tone: 'quiet' },
  taken_back: { shape: '✕', tone: 'watch' },
  lapsed: { shape: '✕', tone: 'watch' },
  lapsed_show: { shape: '✕', tone: 'watch' },
  rejected: { shape: '✕', tone: 'quiet' },
  withdrawn: { shape: '↩', tone: 'quiet' },
}
