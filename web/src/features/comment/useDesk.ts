import { onScopeDispose, shallowReactive } from 'vue'
import { useI18n } from 'vue-i18n'
import { send } from '@/api'
import { useToast } from '@/ui'

/** So long a dismissal can be taken back; only then the server is told. */
const UNDO_MS = 5_000

export interface Desk {
  /** Addresses taken off the list here; they come back when the server refuses. */
  readonly hidden: ReadonlySet<string>
  answered(refs: readonly string[], answer: string): Promise<boolean>
  dismiss(refs: readonly string[]): void
}

/** What is done with comments: all that ask the same at once. */
export function useDesk(stream: () => string): Desk {
  const { t } = useI18n()
  const toast = useToast()
  const hidden = shallowReactive(new Set<string>())
  const leaving = new Set<() => void>()

  async function say(refs: readonly string[], command: string, body: object): Promise<boolean> {
    refs.forEach((ref) => hidden.add(ref))
    try {
      await Promise.all(refs.map((ref) => send(stream(), command, { comment_ref: ref, ...body })))
      return true
    } catch (error) {
      refs.forEach((ref) => hidden.delete(ref))
      toast.refused(error)
      return false
    }
  }

  function dismiss(refs: readonly string[]): void {
    refs.forEach((ref) => hidden.add(ref))
    const stop = (): void => {
      window.clearTimeout(timer)
      leaving.delete(go)
    }
    const go = (): void => {
      stop()
      void say(refs, 'comment.dismiss', {})
    }
    const timer = window.setTimeout(go, UNDO_MS)
    leaving.add(go)
    const undo = (): void => {
      stop()
      refs.forEach((ref) => hidden.delete(ref))
    }
    toast.undo(t('comment.dismissed', { count: refs.length }), undo, UNDO_MS)
  }

  onScopeDispose(() => [...leaving].forEach((go) => go()))
  return { hidden, answered: (refs, answer) => say(refs, 'comment.answer', { answer }), dismiss }
}
