import { onBeforeUnmount, shallowRef, type ShallowRef } from 'vue'

/** A tap on a live screen may be a slip: so long it can be taken back before the log hears of it. */
export const TAKE_BACK_MS = 4_000

export interface Finishing {
  /** Questions marked as answered that the log has not heard of yet. */
  pending: ShallowRef<ReadonlySet<string>>
  /** Mark as answered, or take the mark back. */
  toggle(questionId: string): void
}

/** Answered questions go to the log after a moment in which a second tap takes it back; leaving the screen sends them at once. */
export function useFinishing(finish: (questionId: string) => Promise<unknown>): Finishing {
  const pending = shallowRef<ReadonlySet<string>>(new Set())
  const timers = new Map<string, number>()

  const say = (questionId: string): void => {
    timers.delete(questionId)
    void finish(questionId).finally(() => show(questionId, false))
  }
  const show = (questionId: string, marked: boolean): void => {
    const next = new Set(pending.value)
    if (marked) next.add(questionId)
    else next.delete(questionId)
    pending.value = next
  }
  onBeforeUnmount(() => {
    for (const [questionId, timer] of [...timers]) {
      window.clearTimeout(timer)
      say(questionId)
    }
  })

  return {
    pending,
    toggle(questionId: string): void {
      const timer = timers.get(questionId)
      if (timer === undefined && pending.value.has(questionId)) return
      show(questionId, timer === undefined)
      if (timer === undefined) {
        timers.set(questionId, window.setTimeout(() => say(questionId), TAKE_BACK_MS))
      } else {
        window.clearTimeout(timer)
        timers.delete(questionId)
      }
    },
  }
}
