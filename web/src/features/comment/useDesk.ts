import { onScopeDispose, shallowReactive, type ShallowReactive } from 'vue'
import { useI18n } from 'vue-i18n'
import { newKey, send } from '@/api'
import { useToast } from '@/ui'
import { cut, type Target } from './comments'

/** So long a dismissal can be taken back; then the server is told. */
const UNDO_MS = 5_000
const QUESTION_MAX = 300
const NAME_MAX = 80
const ANSWER_MAX = 500

export interface Desk {
  /** Comments taken off the list here, whose command is on its way or can still be taken back. */
  readonly hidden: ReadonlySet<string>
  hand(target: Target, answer: string): Promise<boolean>
  answered(target: Target, answer: string): Promise<boolean>
  dismiss(target: Target): void
}

/** What an assistant does with a comment. Refusals are shown, and the comment comes back. */
export function useDesk(stream: () => string): Desk {
  const { t } = useI18n()
  const toast = useToast()
  const hidden: ShallowReactive<Set<string>> = shallowReactive(new Set())
  const waiting = new Map<number, () => void>()

  async function doing(refs: readonly string[], work: () => Promise<unknown>): Promise<boolean> {
    refs.forEach((ref) => hidden.add(ref))
    try {
      await work()
      return true
    } catch (error) {
      refs.forEach((ref) => hidden.delete(ref))
      toast.refused(error)
      return false
    }
  }
  const each = (refs: readonly string[], command: string, body: object = {}): Promise<unknown> =>
    Promise.all(refs.map((ref) => send(stream(), command, { comment_ref: ref, ...body })))

  /** The host gets it once; whoever else asked the same hears the answer on air and is done. */
  async function hand(target: Target, answer: string): Promise<boolean> {
    const done = await doing(target.refs, async () => {
      await send(stream(), 'prompter.hand_question', {
        question_id: newKey(),
        text: cut(target.text, QUESTION_MAX),
        answer: cut(answer.trim(), QUESTION_MAX),
        comment_ref: target.ref,
        product_id: target.productId === '' ? null : target.productId,
        asked_by: cut(target.name, NAME_MAX),
      })
    })
    if (!done) return false
    toast.ok(t('comment.handed', { text: cut(target.text, 24) }))
    const others = target.refs.filter((ref) => ref !== target.ref)
    if (others.length > 0) void doing(others, () => each(others, 'comment.answer', { answer: cut(answer.trim(), ANSWER_MAX) }))
    return true
  }

  const answered = (target: Target, answer: string): Promise<boolean> =>
    doing(target.refs, () => each(target.refs, 'comment.answer', { answer: cut(answer.trim(), ANSWER_MAX) }))

  function dismiss(target: Target): void {
    target.refs.forEach((ref) => hidden.add(ref))
    const say = (): void => {
      window.clearTimeout(timer)
      waiting.delete(timer)
      void doing(target.refs, () => each(target.refs, 'comment.dismiss'))
    }
    const timer = window.setTimeout(say, UNDO_MS)
    waiting.set(timer, say)
    toast.undo(
      t('comment.dismissed', { text: cut(target.text, 24) }),
      () => {
        window.clearTimeout(timer)
        waiting.delete(timer)
        target.refs.forEach((ref) => hidden.delete(ref))
      },
      UNDO_MS,
    )
  }

  onScopeDispose(() => [...waiting.values()].forEach((say) => say()))
  return { hidden, hand, answered, dismiss }
}
