import type { TakingRow } from '@/api'

/** What is taken at an instant (ms UTC), oldest first. */
export const standing = (rows: ReadonlyMap<string, TakingRow>, now: number): TakingRow[] =>
  [...rows.values()].filter((row) => row.ended_at === null && now < row.until).sort((a, b) => a.at - b.at)
