/** The last state of a screen, kept in this browser: what it shows when it is opened again without a network. */
import { computed, onScopeDispose, ref, watch, type Ref } from 'vue'
import type { Views } from '@/api'
import { channel } from './index'
import { serverNow } from './clock'

const NAME = 'kaibo.last.'
const EVERY_MS = 1_000
/** A state so old says nothing of a show. */
const OLD_MS = 24 * 3_600_000

interface Kept {
  /** Server time of the state. */
  at: number
  rows: Record<string, Record<string, unknown>>
}

/**
 * Keep these views of a stream, and begin with what was kept. Gives since when what is shown is as it was (server time); null as soon
 * as the server's own rows are here.
 */
export function useKept(stream: string, views: readonly (keyof Views)[]): Readonly<Ref<number | null>> {
  const holds = views.map((view) => ({ view, hold: channel.acquire(stream, view) }))
  const kept = read(stream)
  const keptAt = ref<number | null>(null)
  for (const { view, hold } of holds) {
    const rows = kept?.rows[view]
    if (rows === undefined || hold.ready.value) continue
    hold.rows.value = new Map(Object.entries(rows))
    keptAt.value = kept?.at ?? null
  }
  const fresh = computed(() => holds.every(({ hold }) => hold.ready.value || hold.barred))
  watch(fresh, (now) => now && (keptAt.value = null), { immediate: true })

  let timer = 0
  const write = (): void => {
    window.clearTimeout(timer)
    timer = 0
    if (fresh.value) store(stream, { at: serverNow(), rows: Object.fromEntries(holds.map(({ view, hold }) => [view, Object.fromEntries(hold.rows.value)])) })
  }
  watch(holds.map(({ hold }) => hold.rows), () => (timer ||= window.setTimeout(write, EVERY_MS)))
  window.addEventListener('pagehide', write)
  onScopeDispose(() => {
    write()
    window.removeEventListener('pagehide', write)
    for (const { view } of holds) channel.release(stream, view)
  })
  return keptAt
}

/** Somebody else may sit here next: nothing of this one's screens stays. */
export function forgetKept(): void {
  for (const name of Object.keys(localStorage)) if (name.startsWith(NAME)) localStorage.removeItem(name)
}

function store(stream: string, kept: Kept): void {
  try {
    localStorage.setItem(NAME + stream, JSON.stringify(kept))
  } catch {
    // A full or forbidden store: the screen is as good as before, only not without a network.
  }
}

function read(stream: string): Kept | null {
  try {
    const kept = JSON.parse(localStorage.getItem(NAME + stream) ?? 'null') as Kept | null
    return kept !== null && Date.now() - kept.at < OLD_MS ? kept : null
  } catch {
    return null
  }
}
