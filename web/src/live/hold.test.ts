import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { watch } from 'vue'
import { Hold } from './hold'

/** A page whose frame takes so long from being asked for until it is painted. */
function framesOf(ms: number): void {
  vi.stubGlobal('requestAnimationFrame', (then: () => void) => setTimeout(then, ms))
}

/** A storm of `seconds`: fifty patches a second of twenty rows each; how often the view was repainted, and what it holds after. */
function storm(hold: Hold, seconds: number): number {
  let painted = 0
  const stop = watch(hold.rows, () => (painted += 1), { flush: 'sync' })
  for (let patch = 0; patch < seconds * 50; patch += 1) {
    hold.patch(Object.fromEntries(Array.from({ length: 20 }, (_, row) => [`${patch}-${row}`, { row }])), patch)
    vi.advanceTimersByTime(20)
  }
  stop()
  return painted
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  vi.advanceTimersByTime(10_000)
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe('a storm of rows', () => {
  it('is shown several times a second where frames are quick', () => {
    framesOf(8)
    expect(storm(new Hold(), 10)).toBeGreaterThan(30)
  })

  it('takes no more than a third of the time where frames are slow, and loses nothing', () => {
    framesOf(400)
    const hold = new Hold()
    const painted = storm(hold, 20)
    expect(painted * 400).toBeLessThanOrEqual(20_000 * 0.34 + 10 * 400) // the first of a burst are shown at once
    vi.advanceTimersByTime(2_000)
    expect(hold.rows.value.size).toBe(20 * 50 * 20)
    expect(hold.seq.value).toBe(20 * 50 - 1)
  })

  it('lets a quiet view speak at once', () => {
    framesOf(400)
    storm(new Hold(), 5)
    const quiet = new Hold()
    quiet.patch({ now: { cue: 'c1' } }, 7)
    expect(quiet.rows.value.get('now')).toEqual({ cue: 'c1' })
  })
})
