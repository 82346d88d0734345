import { ref, shallowRef, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { can, newKey } from '@/api'
import { useView } from '@/live'
import { brief, useSay, useToast, type Binding } from '@/ui'
import type { SlashCommand } from '@/features/comment'
import { phraseFor, useModeration, type Held, type Moderation } from '@/features/moderation'

/** The comment that keys and commands work on: `held` "" or mark is in sight, anything else is hidden. */
export interface Kept { ref: string; source: string; viewer: string; name: string; text: string; held: string; word: string }

export interface Keeping {
  moderation: Moderation
  target: Readonly<Ref<Kept>>
  phrase: Readonly<Ref<string>>
  muteOpen: Ref<boolean>
  allowOpen: Ref<boolean>
  wordsOpen: Ref<boolean>
  eraseOpen: Ref<boolean>
  mute(one: Kept | null): void
  muteFor(minutes: number | null): void
  allow(one: Kept | null): void
  allowed(phrase: string): Promise<void>
  keptOf(held: Held, word: string): Kept
  idle(): boolean
  commands(): SlashCommand[]
  keys(when: () => boolean): Binding[]
}

const NOBODY: Kept = { ref: '', source: '', viewer: '', name: '', text: '', held: '', word: '' }

/** 留言管理 by keyboard: what is chosen is hidden or let go, its author muted, its word excused; and the last of it taken back. */
export function useKeeping(stream: () => string, current: () => Kept | null): Keeping {
  const { t } = useI18n()
  const toast = useToast()
  const sayOfHouse = useSay(() => WORKSPACE)
  const moderation = useModeration(stream)
  const target = shallowRef<Kept>(NOBODY)
  const phrase = ref('')
  const muteOpen = ref(false)
  const allowOpen = ref(false)
  const wordsOpen = ref(false)
  const eraseOpen = ref(false)
  const isHidden = (one: Kept): boolean => one.held !== '' && one.held !== 'mark'

  function mute(one: Kept | null): void {
    if (one === null) return
    target.value = one
    muteOpen.value = true
  }
  function muteFor(minutes: number | null): void {
    void moderation.mute(target.value.ref, minutes)
  }
  function erase(one: Kept | null): void {
    if (one === null) return
    target.value = one
    eraseOpen.value = true
  }
  function turn(one: Kept | null): void {
    if (one !== null) void (isHidden(one) ? moderation.release(one.ref) : moderation.hide(one.ref))
  }
  function allow(one: Kept | null): void {
    if (one === null) return
    target.value = one
    phrase.value = phraseFor(one.text, one.word)
    allowOpen.value = true
  }
  /** The list frees what it hid only for this phrase; what stands there for another reason is let go by itself. */
  async function allowed(words: string): Promise<void> {
    await moderation.allow(words)
  }
  function numbered(rest: string, run: (number: number) => void): void {
    const number = Number(rest)
    if (rest === '' || !Number.isInteger(number) || number < 0) toast.info(t('assistant.no_number'))
    else run(number)
  }
  function newWord(text: string): void {
    if (text === '') wordsOpen.value = true
    else void moderation.addWords([{ rule_id: newKey(), text, kind: 'word', match: 'loose', does: 'hide', platforms: [], mute_minutes: 60 }])
  }

  const WORKSPACE = 'workspace/main'
  const staff = useView(WORKSPACE, 'workspace.staff')
  /** Whose account this is: the team's draws leave it out. */
  async function markStaff(one: Kept): Promise<void> {
    const marked = staff.rows.value.has(`${one.source}/${one.viewer}`)
    const said = await sayOfHouse('workspace.mark_staff', { source: one.source, viewer: one.viewer, name: one.name, staff: !marked })
    if (said) toast.ok(t(marked ? 'assistant.staff_unmarked' : 'assistant.staff_marked', { name: brief(one.name) }))
  }

  const chosen = (): boolean => current() !== null
  const acts = (): boolean => can('moderation.act')
  const lists = (): boolean => can('moderation.words')
  const commands = (): SlashCommand[] => [
    ...(acts() ? [
      { verbs: ['mute', 'm', '禁言'], label: t('assistant.key.mute'), takes: t('assistant.slash.minutes'), when: chosen, run: (rest: string) => (rest === '' ? mute(current()) : numbered(rest, (minutes) => { const one = current(); if (one) void moderation.mute(one.ref, minutes === 0 ? null : minutes) })) },
      { verbs: ['hide', '隱藏', '隐藏'], label: t('assistant.slash.hide'), when: chosen, run: () => { const one = current(); if (one) void moderation.hide(one.ref) } },
      { verbs: ['show', '放行'], label: t('assistant.slash.show'), when: chosen, run: () => { const one = current(); if (one) void moderation.release(one.ref) } },
      { verbs: ['slow', '慢速'], label: t('assistant.slash.slow'), takes: t('assistant.slash.seconds'), run: (rest: string) => numbered(rest, (seconds) => void moderation.slow(seconds)) },
      { verbs: ['undo', 'u', '復原', '撤销'], label: t('assistant.key.undo'), run: () => void moderation.undo() },
    ] : []),
    ...(can('staff.mark') ? [{ verbs: ['staff', '員工', '员工'], label: t('assistant.slash.staff'), first: t('assistant.slash.first_comment'), when: () => (current()?.viewer ?? '') !== '', run: () => { const one = current(); if (one) void markStaff(one) } }] : []),
    ...(can('erasure.ask') ? [{ verbs: ['erase', '刪除', '删除'], label: t('assistant.slash.erase'), first: t('assistant.slash.first_comment'), when: () => (current()?.viewer ?? '') !== '', run: () => erase(current()) }] : []),
    ...(lists() ? [
      { verbs: ['word', '詞庫', '词库'], label: t('assistant.slash.word'), takes: t('assistant.slash.words'), run: newWord },
      { verbs: ['allow', 'l', '不擋', '不拦'], label: t('assistant.slash.allow'), takes: t('assistant.slash.words'), run: (rest: string) => (rest === '' ? allow(current()) : void moderation.allow(rest)), when: chosen },
    ] : []),
  ]
  const keys = (when: () => boolean): Binding[] => [
    { id: 'assistant.mute', key: 'm', label: t('assistant.key.mute'), run: () => mute(current()), when: () => when() && acts() },
    { id: 'assistant.hide', key: 'd', label: t('assistant.key.hide'), run: () => turn(current()), when: () => when() && acts() },
    { id: 'assistant.allow', key: 'l', label: t('assistant.key.allow'), run: () => allow(current()), when: () => when() && lists() },
    { id: 'assistant.undo', key: 'u', label: t('assistant.key.undo'), run: () => void moderation.undo(), when: () => when() && acts() },
  ]
  const keptOf = (held: Held, word: string): Kept => ({ ref: held.ref, source: held.source, viewer: held.viewer, name: held.name || held.viewer, text: held.text, held: held.marked ? 'mark' : held.why, word })
  const idle = (): boolean => !muteOpen.value && !allowOpen.value && !wordsOpen.value && !eraseOpen.value

  return { moderation, target, phrase, muteOpen, allowOpen, wordsOpen, eraseOpen, mute, muteFor, allow, allowed, keptOf, idle, commands, keys }
}
