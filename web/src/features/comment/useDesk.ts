import { onScopeDispose, shallowReactive } from 'vue'
import { useI18n } from 'vue-i18n'
import { newKey, type Commands } from '@/api'
import { useSay, useToast } from '@/ui'

/** So long a dismissal can be taken back; only then the server is told. */
const UNDO_MS = 5_000

/** What a move is made on: one comment, or a question with all who asked it (`also`). */
export interface Target { ref: string; also: boolean; count: number }

export interface Desk {
  /** Addresses taken off the list here; they come back when the server refuses. */
  readonly hidden: ReadonlySet<string>
  answered(target: Target, answer: string): Promise<boolean>
  reply(target: Target, text: string): Promise<boolean>
  /** Where no connector answers: somebody wrote the reply on the platform, or nobody will. */
  settleReply(target: Target, done: boolean): Promise<boolean>
  dismiss(target: Target): void
}

/** What is done with comments: for all that ask the same at once. */
export function useDesk(stream: () => string): Desk {
  const { t } = useI18n()
  const toast = useToast()
  const say = useSay(stream)
  const hidden = shallowReactive(new Set<string>())
  const leaving = new Set<() => void>()

  async function settle<K extends 'comment.answer' | 'comment.dismiss'>(target: Target, command: K, body: Partial<Commands[K]>): Promise<boolean> {
    hidden.add(target.ref)
    const said = await say(command, { comment_ref: target.ref, also: target.also, ...body })
    window.setTimeout(() => hidden.delete(target.ref), UNDO_MS)
    return said
  }

  async function answered(target: Target, answer: string): Promise<boolean> {
    const done = await settle(target, 'comment.answer', { answer })
    if (!done) hidden.delete(target.ref)
    return done
  }

  /** It stays in sight until the platform took it. */
  const reply = (target: Target, text: string): Promise<boolean> =>
    say('comment.reply', { reply_id: newKey(), comment_ref: target.ref, also: target.also, text })

  const settleReply = (target: Target, done: boolean): Promise<boolean> => say('comment.settle_reply_by_hand', { comment_ref: target.ref, done })

  function dismiss(target: Target): void {
    hidden.add(target.ref)
    const stop = (): void => {
      window.clearTimeout(timer)
      leaving.delete(go)
    }
    const go = (): void => {
      stop()
      void settle(target, 'comment.dismiss', {}).then((done) => done || hidden.delete(target.ref))
    }
    const timer = window.setTimeout(go, UNDO_MS)
    leaving.add(go)
    const undo = (): void => {
      stop()
      hidden.delete(target.ref)
    }
    toast.undo(t('comment.dismissed', { count: target.count }), undo, UNDO_MS)
  }

  onScopeDispose(() => [...leaving].forEach((go) => go()))
  return { hidden, answered, reply, settleReply, dismiss }
}
