import { computed, reactive } from 'vue'
import type { CueRow, OnAirRow } from '@/api'
import { useNow, useView } from '@/live'
import { decodeClock, expectedEnd, inOrder, leftMs, offsetMs, overrunMs, pace, type Pace, type Timing } from './clock'

/** What a cue is to the showcaller. Selected is no mark: it belongs to one screen, these to the show. */
export type CueMark = 'live' | 'held' | 'next' | 'done' | 'skipped' | 'planned'

/** One line of the list. `place` is 0-based; people count from one. */
export interface CueLine {
  cueId: string
  place: number
  row: CueRow
  timing: Timing | undefined
  mark: CueMark
}

export interface Rundown {
  readonly ready: boolean
  readonly lines: readonly CueLine[]
  readonly onAir: OnAirRow | undefined
  readonly live: CueLine | undefined
  readonly next: CueLine | undefined
  /** Everything below moves with the server's clock, four times a second. */
  readonly now: number
  readonly leftMs: number | null
  readonly overrunMs: number
  readonly offsetMs: number
  readonly pace: Pace
  /** When the show is expected to end, the overrun of this moment included. */
  readonly projectedEndAt: number | null
}

/** The rundown of a show, in order, with its clock; one per console, handed down to panels. */
export function useRundown(stream: () => string): Rundown {
  const cues = useView(stream, 'rundown.cues')
  const clock = useView(stream, 'rundown.clock')
  const air = useView(stream, 'rundown.on_air')
  const now = useNow(4)

  const onAir = computed(() => air.rows.value.get('now'))
  const timings = computed(() => decodeClock(clock.rows.value))
  const ordered = computed(() => inOrder(cues.rows.value.values()))
  const lines = computed(() => ordered.value.map((row, place) => line(row, place, timings.value[place], onAir.value)))
  const byId = computed(() => new Map(lines.value.map((one) => [one.cueId, one])))
  const over = computed(() => overrunMs(onAir.value, now.value))

  return reactive({
    ready: computed(() => cues.ready.value && air.ready.value),
    lines,
    onAir,
    live: computed(() => byId.value.get(onAir.value?.cue_id ?? '')),
    next: computed(() => byId.value.get(onAir.value?.next_cue_id ?? '')),
    now,
    leftMs: computed(() => leftMs(onAir.value, now.value)),
    overrunMs: over,
    offsetMs: computed(() => offsetMs(onAir.value, now.value)),
    pace: computed(() => pace(leftMs(onAir.value, now.value))),
    projectedEndAt: computed(() => onAir.value ? expectedEnd(onAir.value, over.value) : null),
  }) as Rundown
}

function line(row: CueRow, place: number, timing: Timing | undefined, onAir: OnAirRow | undefined): CueLine {
  return { cueId: row.cue.cue_id, place, row, timing, mark: markOf(row, onAir) }
}

/** A cue that was on air before and comes again (after a jump back) is next, not done. */
export function markOf(row: CueRow, onAir: OnAirRow | undefined): CueMark {
  if (row.cue.cue_id === onAir?.cue_id) return onAir.state === 'held' ? 'held' : 'live'
  if (row.cue.cue_id === onAir?.next_cue_id) return 'next'
  if (row.skipped || row.status === 'skipped') return 'skipped'
  return row.status === 'done' ? 'done' : 'planned'
}
