/** How far an erasure came, as a sentence's key and numbers: nothing is said to be done that is not. */
import type { ErasureRow } from '@/api'

export const SIGNS: Record<ErasureRow['state'], string> = { working: '…', waiting: '◷', done: '✓' }

export interface Told {
  key: 'working' | 'waiting' | 'done' | 'nothing'
  named: { shows: number; waits: number }
}

export function toldOf(row: Pick<ErasureRow, 'state' | 'shows' | 'comments' | 'copies' | 'waits'>): Told {
  const nothing = row.state === 'done' && row.comments + row.copies === 0
  return { key: nothing ? 'nothing' : row.state, named: { shows: row.shows, waits: row.waits.length } }
}

/** Newest first. */
export function newestFirst<R extends { at: number }>(rows: Iterable<R>): R[] {
  return [...rows].sort((a, b) => b.at - a.at)
}
