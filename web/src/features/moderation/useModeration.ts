import { shallowRef, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { newKey, send, type Commands, type WordRule } from '@/api'
import { useAttempt, useToast } from '@/ui'

export const WORKSPACE = 'workspace/main'

const AT_ONCE_MAX = 500

/** What can be taken back by the id that it was said with. */
type Action = { [K in keyof Commands]: Commands[K] extends { action_id: string } ? K : never }[keyof Commands]

interface Done { stream: string; actionId: string; toastId: number }

export interface Moderation {
  hide(ref: string): Promise<boolean>
  release(ref: string): Promise<boolean>
  mute(ref: string, minutes: number | null): Promise<boolean>
  unmute(source: string, viewer: string): Promise<boolean>
  slow(seconds: number, source?: string): Promise<boolean>
  addWords(rules: readonly WordRule[]): Promise<boolean>
  addUsual(): Promise<boolean>
  removeWords(ruleIds: readonly string[]): Promise<boolean>
  allow(phrase: string): Promise<boolean>
  disallow(phrase: string): Promise<boolean>
  /** Take an action of the show back; without one, the last thing done here. */
  undo(actionId?: string): Promise<boolean>
  /** Is there something done here that may be taken back? */
  readonly undoable: Readonly<Ref<boolean>>
}

/** What is done about words and people. Each has a toast that takes it back, and so does `undo`, newest first. */
export function useModeration(stream: () => string): Moderation {
  const { t } = useI18n()
  const toast = useToast()
  const attempt = useAttempt()
  const done = shallowRef<readonly Done[]>([])
  const undoable = shallowRef(false)

  function remember(list: readonly Done[]): void {
    done.value = list
    undoable.value = list.length > 0
  }

  async function act<K extends Action>(where: string, command: K, body: Omit<Commands[K], 'action_id'>, words: string): Promise<boolean> {
    const actionId = newKey()
    const said = await attempt(() => send(where, command, { action_id: actionId, ...body } as Commands[K]))
    if (said) {
      const one: Done = { stream: where, actionId, toastId: 0 }
      one.toastId = toast.undo(words, () => void take(one))
      remember([...done.value, one])
    }
    return said
  }

  async function take(one: Done): Promise<boolean> {
    toast.close((done.value.find((other) => other.actionId === one.actionId) ?? one).toastId)
    remember(done.value.filter((other) => other.actionId !== one.actionId))
    const said = await attempt(() => send(one.stream, one.stream === WORKSPACE ? 'moderation.undo_words' : 'moderation.undo', { action_id: newKey(), undoes: one.actionId }))
    if (said) toast.ok(t('moderation.taken_back'))
    return said
  }

  /** A long list goes in parts: the server takes so many at once. */
  async function addWords(rules: readonly WordRule[]): Promise<boolean> {
    for (let at = 0; at < rules.length; at += AT_ONCE_MAX) {
      const part = rules.slice(at, at + AT_ONCE_MAX)
      if (!(await act(WORKSPACE, 'moderation.add_words', { rules: part }, t('moderation.did.words_added', { count: part.length })))) return false
    }
    return true
  }

  async function undo(actionId?: string): Promise<boolean> {
    if (actionId !== undefined) return take({ stream: stream(), actionId, toastId: 0 })
    const last = done.value.at(-1)
    if (last !== undefined) return take(last)
    toast.info(t('moderation.nothing_to_undo'))
    return false
  }

  return {
    hide: (ref) => act(stream(), 'moderation.hide', { comment_refs: [ref] }, t('moderation.did.hidden')),
    release: (ref) => act(stream(), 'moderation.release', { comment_refs: [ref] }, t('moderation.did.released')),
    mute: (ref, minutes) => act(stream(), 'moderation.mute', { comment_ref: ref, minutes }, minutes === null ? t('moderation.did.muted_to_end') : t('moderation.did.muted', { minutes })),
    unmute: (source, viewer) => act(stream(), 'moderation.unmute', { source, viewer }, t('moderation.did.unmuted')),
    slow: (seconds, source = '') => act(stream(), 'moderation.slow', { seconds, source }, seconds === 0 ? t('moderation.did.quick') : t('moderation.did.slowed', { seconds })),
    addWords,
    addUsual: () => act(WORKSPACE, 'moderation.add_usual_words', {}, t('moderation.did.usual')),
    removeWords: (ruleIds) => act(WORKSPACE, 'moderation.remove_words', { rule_ids: [...ruleIds] }, t('moderation.did.words_removed', { count: ruleIds.length })),
    allow: (phrase) => act(WORKSPACE, 'moderation.allow_phrases', { phrases: [phrase] }, t('moderation.did.allowed', { phrase })),
    disallow: (phrase) => act(WORKSPACE, 'moderation.disallow_phrases', { phrases: [phrase] }, t('moderation.did.disallowed', { phrase })),
    undo,
    undoable,
  }
}
