import { computed, onScopeDispose, shallowRef, toValue, watch, type MaybeRefOrGetter, type Ref } from 'vue'
import type { Lens, Views } from '@/api'
import { Channel, type Connection } from './channel'
import type { Hold } from './hold'
import type { PresentPerson } from './messages'

export { asking } from './asking'
export { serverNow, useNow } from './clock'
export { default as AsksFirst } from './AsksFirst.vue'
export { default as IfMay } from './IfMay.vue'
export { forgetKept, useKept } from './kept'
export { useDutyWords, type DutyWords } from './useDutyWords'
export { useNames, type Names } from './useNames'
export { default as RestOf } from './RestOf.vue'
export { LIMITS, useWhole, type Limited, type WholeView } from './whole'
export type { Connection } from './channel'
export type { PresentPerson } from './messages'

export const channel = new Channel()
export const connection: Connection = channel.connection

export interface LiveView<Row> {
  rows: Readonly<Ref<ReadonlyMap<string, Row>>>
  seq: Readonly<Ref<number>>
  ready: Readonly<Ref<boolean>>
}

const NOTHING: ReadonlyMap<string, unknown> = new Map()

/** A stream's name; `null` waits. */
export type StreamName = MaybeRefOrGetter<string | null>

/** The rows of a view, live. Views of all screens are fetched once and shared. Some may be asked through a question that changes. */
export function useView<K extends Lens>(stream: StreamName, view: K, question: MaybeRefOrGetter<string>): LiveView<Views[K]>
export function useView<K extends keyof Views>(stream: StreamName, view: K): LiveView<Views[K]>
export function useView<K extends keyof Views>(stream: StreamName, view: K, question: MaybeRefOrGetter<string> = ''): LiveView<Views[K]> {
  const hold = shallowRef<Hold | null>(null)
  let held: (() => void) | null = null
  const letGo = (): void => {
    held?.()
    held = null
    hold.value = null
  }
  watch(
    [() => toValue(stream), () => askedBy(view, toValue(question))] as const,
    ([name, asked]) => {
      letGo()
      if (name === null) return
      held = () => channel.release(name, asked)
      hold.value = channel.acquire(name, asked)
    },
    { immediate: true, flush: 'sync' },
  )
  onScopeDispose(letGo)
  return {
    rows: computed(() => (hold.value === null ? NOTHING : hold.value.rows.value) as ReadonlyMap<string, Views[K]>),
    seq: computed(() => hold.value?.seq.value ?? 0),
    ready: computed(() => hold.value?.ready.value ?? false),
  }
}

function askedBy(view: string, question: string): string {
  return question === '' ? view : `${view}?${question}`
}

/** Who looks at this stream now, in which role, since when, and what they are editing. */
export function usePresence(stream: MaybeRefOrGetter<string | null>): Readonly<Ref<readonly PresentPerson[]>> {
  return computed(() => {
    const name = toValue(stream)
    return name === null ? [] : channel.people(name).value
  })
}

/** Tell the others which field one is editing (`cue_id/field`), or null when done. */
export function sayEditing(stream: string, field: string | null): void {
  channel.editing(stream, field)
}

/** Tell the others in which role one is here. */
export function here(stream: string, role: string): void {
  channel.here(stream, role)
}

/** Tell the others that one no longer looks. */
export function away(stream: string): void {
  channel.away(stream)
}
