import { ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import type { Rows } from './messages'

/** A busy view is repainted this often at most; nobody reads faster. */
const PACE_MS = 80
/** Where whole screens of rows come each time, nobody reads any of them: this often. */
const FLOOD_PACE_MS = 240
/** So many changes in a row are shown at once before pacing begins: the rundown never waits, a storm of comments does. */
const BURST = 10
const REFILL_PER_MS = 0.01
/** So many rows cost as much as one change of one. */
const ROWS_PER_CHANGE = 12
/** One large change, such as a jump in a long rundown, is not paid for any longer than this. */
const DEBT_MAX = 3

/** Views that wait are repainted in one frame: ten panels that change at their own times would paint the page ten times over. */
const waiting = new Set<Hold>()
let timer = 0
let dueAt = 0
/** Of the time no more than this goes into repainting: on a slow machine fewer lines are shown, and keys and pointer stay quick. */
const REPAINT_SHARE_MAX = 0.3
/** However slow the machine, a screen is no older than this. */
const REST_MAX_MS = 1_200
/** Until when the page rests after what the last repaint cost. */
let restUntil = 0

function repaintIn(ms: number, hold: Hold): void {
  waiting.add(hold)
  const at = performance.now() + ms
  if (timer !== 0 && dueAt <= at) return
  window.clearTimeout(timer)
  dueAt = at
  timer = window.setTimeout(repaint, ms)
}

function repaint(): void {
  const began = performance.now()
  if (began < restUntil) {
    const ms = Math.min(PACE_MS, restUntil - began)
    dueAt = began + ms
    timer = window.setTimeout(repaint, ms)
    return
  }
  timer = 0
  const holds = [...waiting]
  waiting.clear()
  for (const hold of holds) hold.flush()
  restFrom(began)
}

/** The page was changed: it rests until the frame is seen (a hidden page has none), then by what that took. */
function restFrom(began: number): void {
  restUntil = began + REST_MAX_MS
  // A task asked for in the frame runs when the frame is laid out and painted.
  requestAnimationFrame(() =>
    window.setTimeout(() => {
      const done = performance.now()
      restUntil = done + Math.min(REST_MAX_MS, (done - began) * (1 / REPAINT_SHARE_MAX - 1))
    }),
  )
}

/** One view of one stream as this browser holds it. The map is replaced, never mutated. */
export class Hold {
  readonly rows: ShallowRef<ReadonlyMap<string, unknown>> = shallowRef(new Map())
  readonly seq: Ref<number> = ref(0)
  readonly ready: Ref<boolean> = ref(false)
  users = 0
  /** Seq of the last message that held this view's rows, from where to catch up; null: nothing yet. */
  known: number | null = null
  /** The server does not show this view to us. */
  barred = false
  releaseTimer = 0

  private pending: Map<string, unknown> | null = null
  private streamSeq = 0
  private budget = BURST
  private budgetAt = 0

  replace(rows: Rows, seq: number): void {
    this.pending = null
    this.known = seq
    this.rows.value = new Map(Object.entries(rows))
    this.seq.value = seq
    this.ready.value = true
  }

  /** Put changed rows over the known ones (null: the row is gone), now or with the next repaint. */
  patch(rows: Rows | undefined, seq: number): void {
    this.streamSeq = seq
    if (rows !== undefined) {
      this.known = seq
      this.pending ??= new Map()
      for (const [key, row] of Object.entries(rows)) this.pending.set(key, row)
    }
    if (waiting.has(this)) return
    const cost = Math.max(1, (this.pending?.size ?? 0) / ROWS_PER_CHANGE)
    if (this.pending === null) this.flush()
    else if (this.spend(cost) && !this.rests()) {
      this.flush()
      restFrom(performance.now())
    } else repaintIn(cost > 1 ? FLOOD_PACE_MS : PACE_MS, this)
  }

  flush(): void {
    waiting.delete(this)
    if (this.pending !== null) {
      const next = new Map(this.rows.value)
      for (const [key, row] of this.pending) {
        if (row === null) next.delete(key)
        else next.set(key, row)
      }
      this.pending = null
      this.rows.value = next
    }
    this.seq.value = this.streamSeq
    this.budgetAt = performance.now() // a view that waited was not quiet: that time earns it nothing
  }

  stop(): void {
    waiting.delete(this)
    window.clearTimeout(this.releaseTimer)
  }

  /** The page rests from a dear repaint, and this view is one of those that keep it busy: one that was quiet never waits. */
  private rests(): boolean {
    return this.budget < BURST / 2 && performance.now() < restUntil
  }

  private spend(cost: number): boolean {
    const now = performance.now()
    this.budget = Math.min(BURST, this.budget + (now - this.budgetAt) * REFILL_PER_MS)
    this.budgetAt = now
    if (this.budget < 1) return false
    this.budget = Math.max(-DEBT_MAX, this.budget - cost)
    return true
  }
}
