/** Proposals as a director reads them. Pure. */
import type { PromoRow, PromoStage } from '@/api'

/** Settled ones that stand below without being asked for. */
export const RECENT = 8

/** Does somebody still have to end it: do buyers have it, or is it on its way to them or away? */
export function running(promo: PromoRow): boolean {
  return promo.stands || promo.stage === 'approved' || promo.stage === 'ending'
}

/** Those that wait for a yes or no, oldest first; those that are on, and what became of the others, newest first. */
export function sorted(rows: Iterable<PromoRow>): { waiting: PromoRow[]; on: PromoRow[]; settled: PromoRow[] } {
  const all = [...rows]
  const waiting = all.filter((promo) => promo.stage === 'proposed').sort((a, b) => a.proposed_at - b.proposed_at)
  const others = all.filter((promo) => promo.stage !== 'proposed').sort((a, b) => changedAt(b) - changedAt(a))
  return { waiting, on: others.filter(running), settled: others.filter((promo) => !running(promo)) }
}

/** When the promo last changed. */
export function changedAt(promo: PromoRow): number {
  return Math.max(promo.proposed_at, promo.settled_at ?? 0, promo.applied_at ?? 0, promo.end_at ?? 0, promo.ended_at ?? 0)
}

/** What became of one kind of promo of a product. */
export interface PromoTag {
  kind: PromoRow['kind']
  stage: PromoStage
}
const TOLD: readonly PromoStage[] = ['failed', 'ended', 'lapsed']

/** By product, the newest of each kind that stands or moves; what came of the others is news until the next cue, which went at `cueSince`. */
export function tagsOf(rows: Iterable<PromoRow>, cueSince: number): Map<string, PromoTag[]> {
  const newest = new Map<string, Map<PromoRow['kind'], PromoStage>>()
  for (const promo of [...rows].sort((a, b) => Number(running(a)) - Number(running(b)) || changedAt(a) - changedAt(b))) {
    const told = running(promo) || (TOLD.includes(promo.stage) && changedAt(promo) >= cueSince)
    if (!told) continue
    const of = newest.get(promo.product_id) ?? new Map<PromoRow['kind'], PromoStage>()
    newest.set(promo.product_id, of.set(promo.kind, promo.stage))
  }
  return new Map([...newest].map(([id, kinds]) => [id, [...kinds].map(([kind, stage]) => ({ kind, stage }))]))
}

/** The change in percent of the price it starts from; null where there is none to speak of. */
export function cutPercent(promo: PromoRow): number | null {
  if (promo.kind !== 'price' || promo.price_was_minor <= 0) return null
  return Math.round(((promo.price_minor - promo.price_was_minor) / promo.price_was_minor) * 100)
}

/** Was the price changed since the proposal was written? Then its figures spoke for another price, and no kind of it is approved. */
export function overtaken(promo: PromoRow, priceNowMinor: number | null | undefined): boolean {
  if (promo.stage !== 'proposed') return false
  return priceNowMinor !== null && priceNowMinor !== undefined && priceNowMinor !== promo.price_was_minor
}

export const STAGES: Record<PromoStage, { shape: string; tone: 'watch' | 'info' | 'good' | 'act' | 'quiet' }> = {
  proposed: { shape: '▲', tone: 'watch' },
  approved: { shape: '◐', tone: 'info' },
  applied: { shape: '✓', tone: 'good' },
  failed: { shape: '■', tone: 'act' },
  ending: { shape: '◐', tone: 'watch' },
  ended: { shape: '✕', tone: 'quiet' },
  lapsed: { shape: '✕', tone: 'watch' },
  rejected: { shape: '✕', tone: 'quiet' },
  withdrawn: { shape: '↩', tone: 'quiet' },
}
