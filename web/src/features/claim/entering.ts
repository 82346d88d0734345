import { ref, shallowRef, type Ref } from 'vue'
import { useAsking } from '@/ui'

/** Where a claim by hand comes from: a comment, or a buyer of the list. `asked`: units it asks for, 0 where it does not say. */
export interface Origin { buyer: string; name: string; text: string; ref: string; productId: string; asked?: number }

export type Enter = (from: Origin | undefined) => Promise<'entered' | 'passed'>

/** One opening of the form and its run: a later opening has another, and nothing of this one enters it. */
export interface Entering {
  /** For whom it is still to be entered: a refusal stops the run, and who was entered is not entered again. */
  left: Readonly<Ref<readonly Origin[]>>
  entered: Readonly<Ref<number>>
  /** Whose comment somebody else was quicker with. */
  passed: Readonly<Ref<number>>
  pending: Readonly<Ref<boolean>>
  wrong: Readonly<Ref<string>>
  /** One after another, and `enter` may pass one over; true when nobody is left. Nobody to begin with: once, for whom the form names. */
  run(enter: Enter): Promise<boolean>
  /** The one under way is the last. */
  stop(): void
}

export function useEntering(origins: readonly Origin[]): Entering {
  const { wrong, ask } = useAsking()
  const [left, entered, passed, pending] = [shallowRef(origins), ref(0), ref(0), ref(false)]
  const count = { entered, passed }
  let stopped = false

  async function each(enter: Enter): Promise<boolean> {
    while (!stopped) {
      const from = left.value[0]
      const took = async (): Promise<void> => { count[await enter(from)].value += 1 }
      if (!(await ask(took))) return false
      left.value = left.value.slice(1)
      if (left.value.length === 0) return true
    }
    return false
  }
  async function run(enter: Enter): Promise<boolean> {
    if (pending.value) return false
    pending.value = true
    try {
      return await each(enter)
    } finally {
      pending.value = false
    }
  }
  return { left, entered, passed, pending, wrong, run, stop: () => { stopped = true } }
}

/** Units to enter: what the comment asks for, else what the form says. */
export const unitsOf = (from: Origin | undefined, said: number): number => from?.asked || said
