/** How far an erasure came, and what one would do, as sentences' keys and numbers: nothing is said to be done that is not. */
import type { ErasureRow, WouldErase } from '@/api'
import { formatCount, listed } from '@/ui'

export const SIGNS: Record<ErasureRow['state'], string> = { working: '…', waiting: '◷', done: '✓', failed: '■' }

export interface Told {
  key: 'working' | 'waiting' | 'file' | 'done' | 'nothing' | 'failed'
  named: { shows: number; waits: number }
}

export function toldOf(row: Pick<ErasureRow, 'state' | 'shows' | 'comments' | 'copies' | 'waits' | 'waits_why'>): Told {
  const named = { shows: row.shows, waits: row.waits.length }
  if (row.state === 'done' && row.comments + row.copies === 0) return { key: 'nothing', named }
  if (row.state === 'waiting' && row.waits_why === 'file') return { key: 'file', named }
  return { key: row.state, named }
}

/** Newest first. */
export function newestFirst<R extends { at: number }>(rows: Iterable<R>): R[] {
  return [...rows].sort((a, b) => b.at - a.at)
}

export interface LookTold {
  key: 'who' | 'looking' | 'no_platform' | 'no_viewer' | 'known' | 'empty' | 'no_house'
  sign: string
  tone: '' | 'good' | 'watch'
  named: Record<string, string>
}

/** What is known of whoever is named, before anything is erased; `found` null: it is being looked up. */
export function lookTold(found: WouldErase | null, platform: string, viewer: string): LookTold {
  const named = {
    platform,
    viewer,
    platforms: listed(found?.platforms ?? []),
    names: listed(found?.names ?? []),
    comments: formatCount(found?.comments ?? 0),
    copies: formatCount(found?.copies ?? 0),
    shows: formatCount(found?.shows ?? 0),
    onAir: formatCount(found?.on_air.length ?? 0),
  }
  if (found === null) return { key: 'looking', sign: '…', tone: '', named }
  if (found.platforms.length === 0) return { key: 'no_house', sign: '▲', tone: 'watch', named }
  if (platform !== '' && !found.platform_known) return { key: 'no_platform', sign: '▲', tone: 'watch', named }
  if (platform === '' || viewer === '') return { key: 'who', sign: '◆', tone: '', named }
  if (!found.viewer_known) return { key: 'no_viewer', sign: '▲', tone: 'watch', named }
  return found.comments + found.copies === 0 ? { key: 'empty', sign: '◆', tone: '', named } : { key: 'known', sign: '✓', tone: 'good', named }
}
