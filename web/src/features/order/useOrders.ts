import { ref, shallowRef } from 'vue'
import type { OrderRow } from '@/api'
import { useWhole } from '@/live'

/** Orders by key, whole, asked of the log one after the other: what a screen knows of one may be a part of it. */
export function useOrders(stream: () => string) {
  const rows = shallowRef<ReadonlyMap<string, OrderRow>>(new Map())
  const busy = ref(false)
  const whole = useWhole(stream, 'order.latest')
  let turn = 0

  async function look(keys: readonly string[]): Promise<void> {
    turn += 1
    const mine = turn
    ;[rows.value, busy.value] = [new Map(), true]
    try {
      for (const key of keys) {
        await whole.ask({ exactly: key })
        if (mine !== turn) return
        const row = whole.rows.value?.get(key)
        if (row !== undefined) rows.value = new Map([...rows.value, [key, row]])
      }
    } catch {
      // Not to be had: the screen says that it does not know the whole.
    } finally {
      if (mine === turn) busy.value = false
    }
  }
  return { rows, busy, look }
}
