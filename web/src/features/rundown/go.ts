import { computed, ref, watch, type ComputedRef } from 'vue'
import { answered, GO_DEBOUNCE_MS, GO_READ_MS, mayGo, openGate, pressed, renamed, type GoGate } from './keys'

/** How long an accepted GO may wait for the patch that moves the rundown before the button opens again. */
const ANSWER_LOST_MS = 3_000

export interface Go {
  /** May it be pressed now? */
  ready: ComputedRef<boolean>
  /** Pressed, and neither the log's answer nor the next cue's name has come. */
  waiting: ComputedRef<boolean>
  press(): void
}

/** The GO button: fires `fire(cueId)` for the cue its face shows, once. */
export function useGo(nextCueId: () => string | null, fire: (cueId: string) => Promise<boolean>): Go {
  const gate = ref<GoGate>(openGate())
  /** Turned when time alone opens the gate again. */
  const turned = ref(0)
  const turnIn = (ms: number): void => void window.setTimeout(() => (turned.value += 1), ms)

  watch(nextCueId, (next, before) => {
    gate.value = before === null ? { ...gate.value, firedFor: null } : renamed(gate.value, performance.now())
    if (next !== null) turnIn(GO_READ_MS)
  })

  async function press(): Promise<void> {
    const next = nextCueId()
    if (next === null || !mayGo(gate.value, next, performance.now())) return
    gate.value = pressed(next, performance.now())
    turnIn(GO_DEBOUNCE_MS)
    const accepted = await fire(next).catch(() => false)
    gate.value = answered(gate.value, accepted && nextCueId() === next)
    if (accepted) forgetLater(next)
  }

  function forgetLater(cueId: string): void {
    window.setTimeout(() => {
      if (gate.value.firedFor === cueId) gate.value = { ...gate.value, firedFor: null }
    }, ANSWER_LOST_MS)
  }

  return {
    ready: computed(() => turned.value >= 0 && mayGo(gate.value, nextCueId(), performance.now())),
    waiting: computed(() => gate.value.waiting || (gate.value.firedFor !== null && gate.value.firedFor === nextCueId())),
    press: () => void press(),
  }
}
