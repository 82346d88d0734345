/** A show's plan as one edits it: the log's cues with one's own edits laid over them, and what one may do to them. */
import { computed, type ComputedRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { fixedStarts, send, type Cue, type CueRow, type ProductCard, type ShowRow } from '@/api'
import { useView } from '@/live'
import { useSay, useToast } from '@/ui'
import { freshKey, reordered, useCellEdits, type CellAddress, type Edits } from '@/ui/sheet'
import { blankCue, changesOf, CUE_TYPES, fieldOf, ITEM_TYPES, START_MODES, valueOf, type PlanContext } from './cueCells'
import { pastedChanges, pastedCue, type PastePlan } from './pasting'
import type { Fix, OverlapRow, Timing } from './timing'

export interface Plan {
  ready: ComputedRef<boolean>
  show: ComputedRef<ShowRow | undefined>
  cues: ComputedRef<Cue[]>
  order: ComputedRef<string[]>
  rows: ComputedRef<ReadonlyMap<string, CueRow>>
  products: ComputedRef<ReadonlyMap<string, ProductCard>>
  overlaps: ComputedRef<ReadonlyMap<string, OverlapRow>>
  others: ComputedRef<ReadonlyMap<string, readonly string[]>>
  edits: Edits
  placeOf: (cueId: string) => number
  context: (cueId: string | null) => PlanContext
  /** The cue with one's own edits over it. */
  cue: (cueId: string) => Cue | undefined
  change: (cueId: string, column: string, value: unknown) => void
  editing: (at: CellAddress | null) => void
  add: (after: string | null) => Promise<string | null>
  duplicate: (cueIds: readonly string[]) => Promise<void>
  remove: (cueIds: readonly string[]) => Promise<void>
  move: (cueIds: readonly string[], to: number) => Promise<void>
  paste: (plan: PastePlan) => Promise<void>
  fix: (fix: Fix) => void
  /** Every fixed time so much later. */
  shiftBy: (laterMs: number) => Promise<boolean>
}

export function usePlan(stream: () => string, timings: () => readonly Timing[], me: () => string): Plan {
  const { t } = useI18n()
  const toast = useToast()
  const say = useSay(stream)
  const head = useView(stream, 'show.head')
  const cueView = useView(stream, 'rundown.cues')
  const cards = useView(stream, 'product.cards')
  const conflicts = useView(stream, 'rundown.conflicts')
  const show = computed(() => head.rows.value.get('show'))
  const sorted = computed(() => [...cueView.rows.value.values()].sort((a, b) => (a.rank < b.rank ? -1 : a.rank > b.rank ? 1 : 0)))
  const order = computed(() => sorted.value.map((row) => row.cue.cue_id))
  const places = computed(() => new Map(order.value.map((cueId, place) => [cueId, place])))
  const placeOf = (cueId: string): number => places.value.get(cueId) ?? -1
  const words = computed<PlanContext['words']>(() => {
    const named = (group: string, values: readonly string[]): Record<string, string> =>
      Object.fromEntries(values.map((value) => [value, t(`plan.${group}.${value === '' ? 'none' : value}`)]))
    return { cue_type: named('cue_type', CUE_TYPES), start_mode: named('start_mode', START_MODES), item_type: named('item_type', ITEM_TYPES) }
  })
  const context = (cueId: string | null): PlanContext => ({
    zone: show.value?.timezone ?? 'UTC',
    startsAt: show.value?.starts_at ?? 0,
    currency: show.value?.currency ?? 'TWD',
    products: cards.rows.value,
    plannedAt: cueId === null ? null : (timings()[placeOf(cueId)]?.plannedAt ?? null),
    words: words.value,
  })
  const { edits, others, row: cue, change, editing } = useCellEdits<Cue>({
    stream, me, fieldOf,
    drafts: 'rundown',
    logged: (cueId) => cueView.rows.value.get(cueId)?.cue,
    version: cueView.rows,
    send: (cueId, changes, key) => send(stream(), 'rundown.edit_cue', { cue_id: cueId, changes }, { key }),
    changesOf: (seen, column, value, cueId) => changesOf(seen, column, value, context(cueId)),
  })
  const cues = computed(() => order.value.flatMap((cueId) => cue(cueId) ?? []))

  const put = (one: Cue, after: string | null): Promise<boolean> => say('rundown.add_cue', { cue: one, after_cue_id: after })

  async function add(after: string | null): Promise<string | null> {
    const fresh = blankCue(freshKey('cue-'), t('plan.new_cue'))
    return (await put(fresh, after ?? order.value.at(-1) ?? null)) ? fresh.cue_id : null
  }

  async function duplicate(cueIds: readonly string[]): Promise<void> {
    let after = cueIds.at(-1) ?? null
    for (const cueId of cueIds) {
      const from = cue(cueId)
      if (from === undefined) continue
      const copy: Cue = { ...from, cue_id: freshKey('cue-'), start_mode: 'soft', start_at: null, title: t('plan.copy_of', { title: from.title }).slice(0, 200) }
      if (!(await put(copy, after))) return
      after = copy.cue_id
    }
  }

  async function remove(cueIds: readonly string[]): Promise<void> {
    const gone: { cue: Cue; after: string | null }[] = []
    for (const cueId of cueIds) {
      const one = cue(cueId)
      const after = order.value[placeOf(cueId) - 1] ?? null
      if (one === undefined || !(await say('rundown.remove_cue', { cue_id: cueId }))) break
      gone.push({ cue: one, after: gone.at(-1)?.cue.cue_id === after || gone.length === 0 ? after : (gone[0]?.after ?? null) })
    }
    if (gone.length === 0) return
    toast.undo(t('plan.removed', { count: gone.length, title: gone[0]?.cue.title ?? '' }), () => { void restore(gone) })
  }

  async function restore(gone: readonly { cue: Cue; after: string | null }[]): Promise<void> {
    let after = gone[0]?.after ?? null
    for (const one of gone) {
      const known = after !== null && placeOf(after) < 0 ? null : after
      if (!(await put(one.cue, known))) return
      after = one.cue.cue_id
    }
  }

  async function move(cueIds: readonly string[], to: number): Promise<void> {
    const next = reordered(order.value, new Set(cueIds), to)
    for (const cueId of next.filter((one) => cueIds.includes(one))) {
      const after = next[next.indexOf(cueId) - 1] ?? null
      if (!(await say('rundown.move_cue', { cue_id: cueId, after_cue_id: after }))) return
    }
  }

  async function paste(plan: PastePlan): Promise<void> {
    let after = order.value.at(-1) ?? null
    for (const row of plan.rows) {
      if (row.cueId !== null) {
        const now = cue(row.cueId)
        if (now !== undefined) edits.change(row.cueId, pastedChanges(row, now, context(row.cueId)))
        continue
      }
      const made = pastedCue(row, freshKey('cue-'), t('plan.new_cue'), context(null))
      if (!(await put(made, after))) return
      after = made.cue_id
    }
  }

  function fix(one: Fix): void {
    const now = cue(one.cue_id)
    if (now === undefined) return
    const field = one.strategy === 'change_duration' ? 'duration_ms' : 'start_at'
    const was = valueOf(now, field)
    edits.change(one.cue_id, [{ field, was, to: one.value }])
    toast.undo(t('plan.fixed'), () => { edits.change(one.cue_id, [{ field, was: one.value, to: was }]) })
  }

  return {
    ready: computed(() => cueView.ready.value && head.ready.value),
    show, cues, order, rows: computed(() => cueView.rows.value), products: computed(() => cards.rows.value),
    overlaps: computed(() => conflicts.rows.value), others, edits, placeOf, context, cue, change,
    editing, add, duplicate, remove, move, paste, fix,
    shiftBy: (laterMs) => say('rundown.shift', { later_ms: laterMs, was: fixedStarts(sorted.value.map((row) => row.cue)) }),
  }
}
