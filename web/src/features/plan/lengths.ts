/** How long the plan is against the show, where it has gaps, and what stays behind when the show moves. Pure. */
import type { Cue, ProductCard, ShowRow } from '@/api'
import type { Timing } from './timing'

/** Words a host must not say (the cue's own and its product's) that stand in what is to be said. */
export function forbiddenWords(cue: Cue, products: ReadonlyMap<string, ProductCard>): string[] {
  const card = cue.product_id === null ? undefined : products.get(cue.product_id)
  const said = [cue.mechanism, ...cue.host_lines].join('\n')
  return [...new Set([...cue.must_not_say, ...(card?.must_not_say ?? [])])].filter((word) => word !== '' && said.includes(word))
}

/** Planned length against the show's, ms. */
export interface Length {
  plannedMs: number
  showMs: number
  overlaps: number
  gaps: number
  /** By how much the first cue is planned later than the show begins; negative when earlier. */
  apartMs: number
}

/** Total of the cues, overlaps at fixed starts and gaps above them. */
export function lengthOf(timings: readonly Timing[], show: ShowRow | undefined): Length {
  const first = timings[0]
  const last = timings.at(-1)
  const apartMs = first && show ? first.plannedAt - show.starts_at : 0
  const plannedMs = first && last ? last.plannedAt + last.lengthMs - first.plannedAt : 0
  return {
    plannedMs,
    showMs: show === undefined ? 0 : show.ends_at - show.starts_at,
    overlaps: timings.filter((one) => one.overlapMs > 0).length,
    gaps: timings.filter((_, place) => gapAbove(timings, place, show?.starts_at) > 0).length,
    apartMs,
  }
}

/** Empty time between the end of the cue above (for the first: the start of the show) and this one's planned start, ms. */
export function gapAbove(timings: readonly Timing[], place: number, startsAt?: number): number {
  const here = timings[place]
  const above = timings[place - 1]
  const free = above ? above.plannedAt + above.lengthMs : place === 0 ? startsAt : undefined
  return here && free !== undefined ? Math.max(0, here.plannedAt - free) : 0
}

/** How many fixed times stay behind when the show begins `laterMs` later; none where they wait at the new start already. */
export function behind(cues: readonly Cue[], firstAt: number | null, startsAt: number, laterMs: number): number {
  if (laterMs === 0 || firstAt === startsAt + laterMs) return 0
  return cues.filter((cue) => cue.start_at !== null).length
}
