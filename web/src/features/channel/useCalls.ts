import { onBeforeUnmount, watch, type ComputedRef } from 'vue'
import { send, session, type MessageRow } from '@/api'
import { useNow } from '@/live'
import { isSeen } from '@/ui'
import { ring } from './ring'

/** Again and again, until somebody took it. */
const RING_MS = 4_000
/** Who rings now: several shows ring as one. */
const loudHere = new Set<symbol>()
let ringing = 0

function sound(who: symbol, on: boolean): void {
  const before = loudHere.size
  if (on) loudHere.add(who)
  else loudHere.delete(who)
  if (loudHere.size > 0 && before === 0) {
    ring()
    ringing = window.setInterval(ring, RING_MS)
  } else if (loudHere.size === 0) window.clearInterval(ringing)
}

/**
 * What of these messages of a show is mine: it rings while one that cannot wait is open, and this screen says by itself that it has them,
 * and that they were looked at while the page was in front. `rings`: whether what is urgent may sound here.
 */
export function useCalls(stream: () => string, mine: ComputedRef<readonly MessageRow[]>, rings: () => boolean = () => true): void {
  const now = useNow(1)
  const who = Symbol('calls')

  function meet(row: MessageRow): void {
    if (row.stage !== 'open' && row.stage !== 'plain') return
    const look = row.looks[session.me?.person_id ?? '']
    const front = isSeen(`[data-asks="${CSS.escape(row.message_id)}"]`)
    const known = look !== undefined && (front ? look.seen_at > 0 : look.arrived_at > 0)
    if (!known) void send(stream(), 'channel.meet', { message_id: row.message_id, met: front ? 'seen' : 'arrived' }).catch(() => null)
  }
  /** After the strips were folded, which happens once they are drawn: what stands behind "+2" was not seen. */
  let later = 0
  const fronted = (): void => {
    window.clearTimeout(later)
    later = window.setTimeout(() => mine.value.forEach(meet))
  }
  watch([mine, now], fronted, { immediate: true, flush: 'post' })
  document.addEventListener('visibilitychange', fronted)
  window.addEventListener('focus', fronted)
  watch(() => rings() && mine.value.some((row) => row.urgent && row.stage === 'open'), (on) => sound(who, on), { immediate: true })
  onBeforeUnmount(() => {
    sound(who, false)
    window.clearTimeout(later)
    document.removeEventListener('visibilitychange', fronted)
    window.removeEventListener('focus', fronted)
  })
}
