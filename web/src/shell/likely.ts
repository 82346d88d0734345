/** The show that a screen is most likely meant for. Pure. */
import type { ListedShowRow } from '@/api'

/** The one on air, else the next that is planned; '' when all are over. */
export function likely(shows: Iterable<ListedShowRow>): string {
  const open = [...shows].filter((show) => show.state !== 'ended').sort((a, b) => Number(b.state === 'live') - Number(a.state === 'live') || a.starts_at - b.starts_at)
  return open[0]?.show_id ?? ''
}
