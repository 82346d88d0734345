import { watch } from 'vue'
import type { ToldRow } from '@/api'
import type { LiveView } from '@/live'
import { newsFor, type Looker } from './asking'

/** What others did since one looks, and one is told of: the last of it, in a quiet line that goes by itself. */
export function useTold(told: LiveView<ToldRow>, me: () => Looker, say: (row: ToldRow) => void): void {
  let seen = -1
  watch([told.rows, told.ready], ([rows, ready]) => {
    if (!ready) return
    const news = newsFor(rows, me(), seen)
    seen = Math.max(seen, 0, ...[...rows.keys()].map(Number))
    if (news !== undefined) say(news)
  }, { immediate: true })
}
