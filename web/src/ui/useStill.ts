/** A list that fills from elsewhere, held still under a hand: what one points at must not become another line in that moment. */
import { computed, onScopeDispose, shallowRef, type ComputedRef } from 'vue'

/** A hand that has not moved for so long only rests there: the list runs on. */
const RESTS_MS = 3_000

export interface Still<Row> {
  /** The lines as they stood when the hand came, each as it is now; lines that left meanwhile keep their place. */
  shown: ComputedRef<readonly Row[]>
  /** How many came since and are not shown yet. */
  fresh: ComputedRef<number>
  /** The hand moves over the list. A finger points only while it presses, and is not waited for. */
  points: (event: PointerEvent) => void
  leaves: () => void
  /** Something in the list is armed, or no longer: until then it stands, wherever the hand is. */
  arms: (on: boolean) => void
}

export function useStill<Row>(rows: () => readonly Row[], keyOf: (row: Row) => string): Still<Row> {
  const held = shallowRef<readonly Row[] | null>(null)
  let armed = false
  let timer = 0
  const now = computed(() => new Map(rows().map((row) => [keyOf(row), row])))
  function hold(): void {
    held.value ??= rows()
    window.clearTimeout(timer)
    timer = window.setTimeout(letGo, RESTS_MS)
  }
  function letGo(): void {
    window.clearTimeout(timer)
    if (!armed) held.value = null
  }
  onScopeDispose(() => window.clearTimeout(timer))
  return {
    shown: computed(() => held.value?.map((row) => now.value.get(keyOf(row)) ?? row) ?? rows()),
    fresh: computed(() => {
      const seen = new Set(held.value?.map(keyOf) ?? now.value.keys())
      return [...now.value.keys()].filter((key) => !seen.has(key)).length
    }),
    points: (event) => {
      if (event.pointerType !== 'touch') hold()
    },
    leaves: letGo,
    arms: (on) => {
      armed = on
      hold()
    },
  }
}
