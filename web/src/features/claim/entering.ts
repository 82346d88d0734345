import { ref, shallowRef, type Ref } from 'vue'
import { useAsking } from '@/ui'

/** Where a claim by hand comes from: a comment, or a buyer of the list. `asked`: units it asks for, 0 where it does not say. */
export interface Origin { buyer: string; name: string; text: string; ref: string; productId: string; asked?: number }

/** One opening of the form and its run: a later opening has another, and nothing of this one enters it. */
export interface Entering {
  /** For whom it is still to be entered: a refusal stops the run, and who was entered is not entered again. */
  left: Readonly<Ref<readonly Origin[]>>
  entered: Readonly<Ref<number>>
  pending: Readonly<Ref<boolean>>
  wrong: Readonly<Ref<string>>
  /** One after another; true when nobody is left. Nobody to begin with: once, for whom the form names. */
  run(enter: (from: Origin | undefined) => Promise<unknown>): Promise<boolean>
  /** The one under way is the last. */
  stop(): void
}

export function useEntering(origins: readonly Origin[]): Entering {
  const { wrong, ask } = useAsking()
  const [left, entered, pending] = [shallowRef(origins), ref(0), ref(false)]
  let stopped = false

  async function each(enter: (from: Origin | undefined) => Promise<unknown>): Promise<boolean> {
    while (!stopped) {
      const from = left.value[0]
      if (!(await ask(() => enter(from)))) return false
      entered.value += 1
      left.value = left.value.slice(1)
      if (left.value.length === 0) return true
    }
    return false
  }
  async function run(enter: (from: Origin | undefined) => Promise<unknown>): Promise<boolean> {
    if (pending.value) return false
    pending.value = true
    try {
      return await each(enter)
    } finally {
      pending.value = false
    }
  }
  return { left, entered, pending, wrong, run, stop: () => { stopped = true } }
}

/** Units to enter: what the comment asks for, else what the form says. */
export const unitsOf = (from: Origin | undefined, said: number): number => from?.asked || said
