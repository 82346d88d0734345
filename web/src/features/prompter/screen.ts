/** What a prompter asks of the device: kept preferences, a screen that stays on, text that scrolls by itself. */
import { onBeforeUnmount, onMounted, ref, type Ref } from 'vue'
import { useLocalStore } from '@/ui'
import { FIRST, scrolledTo, sound, type Reading, type ScrollMove } from './reading'

/** The reader's preferences, kept on this screen. */
export function useReading(): Reading {
  const stored = useLocalStore<Reading>('prompter', FIRST)
  stored.value = sound(stored.value)
  return stored.value
}

/** Keep the screen on while it is looked at. False: the device does not allow it, the host must set it so. */
export function useWakeLock(): Ref<boolean> {
  const awake = ref(false)
  let lock: WakeLockSentinel | null = null
  const take = async (): Promise<void> => {
    if (!('wakeLock' in navigator) || document.visibilityState !== 'visible' || lock !== null) return
    lock = await navigator.wakeLock.request('screen').catch(() => null)
    awake.value = lock !== null
    lock?.addEventListener('release', () => {
      lock = null
      awake.value = false
    })
  }
  const again = (): void => void take()
  onMounted(() => {
    again()
    document.addEventListener('visibilitychange', again)
    document.addEventListener('pointerdown', again)
  })
  onBeforeUnmount(() => {
    document.removeEventListener('visibilitychange', again)
    document.removeEventListener('pointerdown', again)
    void lock?.release()
  })
  return awake
}

/** At most so much smaller: below, two metres are too far, and the text scrolls instead. */
const FITS = [1, 0.96, 0.92, 0.88, 0.84, 0.8, 0.76, 0.72] as const

/** Make the text a little smaller where that alone shows all of it: `--fit` on the box. Only when cue or glass change, never while one reads. */
export function fitText(box: HTMLElement, allowed: boolean): void {
  for (const fit of allowed ? FITS : [1]) {
    box.style.setProperty('--fit', String(fit))
    if (box.scrollHeight <= box.clientHeight + 2) return
  }
  box.style.setProperty('--fit', '1')
}

/** How closely what stands beside the text may be set: signs and names first; then lines of questions, of answers last. */
const CLOSE: readonly { close: 0 | 1 | 2 | 3 | 4; asked?: number; answer?: number }[] = [
  { close: 0 }, { close: 1 }, { close: 2 }, { close: 3 }, { close: 4 }, { close: 4, asked: 2 },
  { close: 4, asked: 2, answer: 4 }, { close: 4, asked: 2, answer: 3 }, { close: 4, asked: 2, answer: 2 }, { close: 4, asked: 2, answer: 1 }, { close: 4, asked: 1, answer: 1 },
]

/** Set the side no closer than it needs to be seen whole: `data-close`, `--asked-lines` and `--answer-lines` on the box. */
export function fitSide(box: HTMLElement): void {
  const lines = (count: number | undefined): string => (count === undefined ? 'none' : String(count))
  const parts = [box, ...box.querySelectorAll<HTMLElement>(':scope > .above')]
  for (const { close, asked, answer } of CLOSE) {
    box.dataset['close'] = String(close)
    box.style.setProperty('--asked-lines', lines(asked))
    box.style.setProperty('--answer-lines', lines(answer))
    if (parts.every((part) => part.scrollHeight <= part.clientHeight + 1)) return
  }
}

export interface TextScroll {
  /** There is more text than screen. */
  overflows: Ref<boolean>
  /** More of it lies below. */
  more: Ref<boolean>
  auto: Ref<boolean>
  move(move: ScrollMove): void
  toTop(): void
  toggle(): void
}

/** Scroll of the text. A hand on it, a key or a pedal always wins: the automatic scroll stops until it is asked for again. */
export function useTextScroll(box: Ref<HTMLElement | null>, linesPerMinute: () => number): TextScroll {
  const overflows = ref(false)
  const more = ref(false)
  const auto = ref(false)
  let frame = 0
  let at = 0
  let top = 0

  const measure = (): void => {
    const el = box.value
    overflows.value = el !== null && el.scrollHeight > el.clientHeight + 4
    more.value = el !== null && el.scrollTop + el.clientHeight < el.scrollHeight - 12
    if (!overflows.value) stop()
  }
  const stop = (): void => {
    auto.value = false
    cancelAnimationFrame(frame)
  }
  const run = (now: number): void => {
    const el = box.value
    if (el === null || !auto.value) return
    const px = ((lineHeight(el) * linesPerMinute()) / 60_000) * Math.min(100, now - at)
    at = now
    top = Math.min(top + px, el.scrollHeight - el.clientHeight)
    el.scrollTop = top
    if (top >= el.scrollHeight - el.clientHeight) stop()
    else frame = requestAnimationFrame(run)
  }
  const start = (): void => {
    if (box.value === null || !overflows.value) return
    auto.value = true
    top = box.value.scrollTop
    at = performance.now()
    frame = requestAnimationFrame(run)
  }
  const hands = ['wheel', 'touchstart', 'pointerdown'] as const
  let watcher: ResizeObserver | null = null
  onMounted(() => {
    const el = box.value
    if (el === null) return
    hands.forEach((hand) => el.addEventListener(hand, stop, { passive: true }))
    el.addEventListener('scroll', measure, { passive: true })
    watcher = new ResizeObserver(measure)
    watcher.observe(el)
    for (const child of el.children) watcher.observe(child)
  })
  onBeforeUnmount(() => {
    stop()
    watcher?.disconnect()
  })

  return {
    overflows,
    more,
    auto,
    move(move: ScrollMove): void {
      stop()
      const el = box.value
      if (el !== null) el.scrollTop = scrolledTo(move, el.scrollTop, el.clientHeight, el.scrollHeight, lineHeight(el))
    },
    toTop(): void {
      stop()
      if (box.value !== null) box.value.scrollTop = 0
    },
    toggle: () => (auto.value ? stop() : start()),
  }
}

function lineHeight(el: HTMLElement): number {
  return Number.parseFloat(getComputedStyle(el).lineHeight) || 60
}
