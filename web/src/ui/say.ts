import { ref, type Ref } from 'vue'
import { Refused, send, type Say } from '@/api'
import { useToast } from './toasts'

/** Does what the server may refuse; false when it did. */
export type Attempt = (work: () => Promise<unknown>) => Promise<boolean>

/** A refusal, or whatever else went wrong, is told in a toast. */
export function useAttempt(): Attempt {
  const toast = useToast()
  return (work) =>
    work().then(
      () => true,
      (error: unknown) => {
        toast.refused(error)
        return false
      },
    )
}

/** Say something to a stream; false when the server refused, and the toast says why. */
export function useSay(stream: () => string): Say {
  const attempt = useAttempt()
  return (command, body) => attempt(() => send(stream(), command, body))
}

/** A form that asks the server: `pending` until it answers, `wrong` says beside the fields why it refused. Throws what is no refusal. */
export function useAsking(): { pending: Ref<boolean>; wrong: Ref<string>; ask: Attempt } {
  const pending = ref(false)
  const wrong = ref('')
  async function ask(work: () => Promise<unknown>): Promise<boolean> {
    pending.value = true
    wrong.value = ''
    try {
      await work()
      return true
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      wrong.value = error.message
      return false
    } finally {
      pending.value = false
    }
  }
  return { pending, wrong, ask }
}
