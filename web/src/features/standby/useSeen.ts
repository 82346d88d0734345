import { onBeforeUnmount, watch, type ComputedRef } from 'vue'
import { send } from '@/api'
import { useNow } from '@/live'
import { isSeen, overlays } from '@/ui'
import { markOf, type Mine } from './standby'

/** This screen says by itself that what is asked was seen: what is drawn while the page is in front, and no dialog stands before it. */
export function useSeen(stream: () => string, mine: ComputedRef<readonly Mine[]>): void {
  const now = useNow(1)
  function look(): void {
    if (overlays.value > 0) return
    for (const one of mine.value) {
      const { call, reply } = one
      const seen = reply.answer === '' && isSeen(`[data-standby="${CSS.escape(markOf(stream(), one))}"]`)
      if (seen) void send(stream(), 'standby.answer', { cue_id: call.cue_id, role_id: reply.role_id, asked_at: call.asked_at, answer: 'seen' }).catch(() => null)
    }
  }
  /** After the strips were folded, which happens once they are drawn. */
  let later = 0
  const soon = (): void => {
    window.clearTimeout(later)
    later = window.setTimeout(look)
  }
  watch([mine, now], soon, { immediate: true, flush: 'post' })
  window.addEventListener('focus', soon)
  onBeforeUnmount(() => {
    window.clearTimeout(later)
    window.removeEventListener('focus', soon)
  })
}
