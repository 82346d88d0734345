import { computed, ref, shallowRef, toValue, watch, type MaybeRefOrGetter, type Ref } from 'vue'
import { idOf, read, type Limits, type Views } from '@/api'

const PAGE = 60
const PAGE_MAX = 200

/** How many of its newest rows such a view brings to a screen: the server's numbers, held to by its types. */
export const LIMITS: Limits = { 'claim.buyers': 400, 'claim.claims': 300, 'moderation.held': 300, 'moderation.log': 300, 'order.latest': 200 }

export type Limited = keyof Limits

/** Words anywhere in a row, or one of its texts as a whole (`platform/buyer`, a state). `all`: every page of it at once. */
export interface Wanted { words?: string; exactly?: string; all?: boolean }

export interface WholeView<Row> {
  /** What was found in the whole show, newest first; null while nothing is looked for, or not answered yet. */
  rows: Readonly<Ref<ReadonlyMap<string, Row> | null>>
  found: Readonly<Ref<number>>
  total: Readonly<Ref<number>>
  busy: Readonly<Ref<boolean>>
  ask(wanted: Wanted): Promise<void>
  more(): Promise<void>
  close(): void
}

/** Rows of a view beyond its newest, asked of the log. Throws `Refused` where it is asked. */
export function useWhole<K extends Limited & keyof Views>(stream: MaybeRefOrGetter<string>, view: K): WholeView<Views[K]> {
  const rows = shallowRef<ReadonlyMap<string, Views[K]> | null>(null)
  const [found, total, busy] = [ref(0), ref(0), ref(false)]
  let [asked, turn]: [Wanted, number] = [{}, 0]

  async function page(skip: number): Promise<void> {
    turn += 1
    const mine = turn
    busy.value = true
    try {
      const answer = await read('get /api/streams/show/{stream_id}/views/{view}/all', { stream_id: idOf(toValue(stream)), view }, { q: asked.words, exactly: asked.exactly, skip: String(skip), limit: String(asked.all ? PAGE_MAX : PAGE) })
      if (mine !== turn) return
      rows.value = new Map([...(skip > 0 ? (rows.value ?? []) : []), ...Object.entries(answer.rows as Record<string, Views[K]>)])
      ;[found.value, total.value] = [answer.found, answer.total]
    } finally {
      if (mine === turn) busy.value = false
    }
    const size = rows.value?.size ?? 0
    if (asked.all && mine === turn && size > skip && size < found.value) await page(size)
  }
  const close = (): void => {
    turn += 1
    ;[rows.value, busy.value] = [null, false]
  }
  async function ask(wanted: Wanted): Promise<void> {
    close()
    asked = wanted
    await page(0)
  }
  watch(() => toValue(stream), close)
  return { rows, found: computed(() => found.value), total: computed(() => total.value), busy: computed(() => busy.value), ask, more: () => page(rows.value?.size ?? 0), close }
}
