import { effectScope, ref } from 'vue'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { useGo } from './go'

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'performance'] }))
afterEach(() => void vi.useRealTimers())

function stage(answer: () => Promise<boolean>) {
  const next = ref<string | null>('c2')
  const fire = vi.fn((_cueId: string) => answer())
  const go = effectScope().run(() => useGo(() => next.value, fire))!
  return { next, fire, go }
}

it('names the cue on its face, and waits for the log', async () => {
  let answer = (_: boolean): void => {}
  const { next, fire, go } = stage(() => new Promise((resolve) => (answer = resolve)))
  go.press()
  go.press()
  expect(fire.mock.calls).toEqual([['c2']])
  expect(go.ready.value).toBe(false)
  next.value = 'c3'
  answer(true)
  await vi.advanceTimersByTimeAsync(300)
  expect(go.ready.value).toBe(true)
  go.press()
  expect(fire).toHaveBeenLastCalledWith('c3')
})

it('hits nothing when somebody else just moved the rundown', async () => {
  const { next, fire, go } = stage(() => Promise.resolve(true))
  next.value = 'c3'
  await vi.advanceTimersByTimeAsync(100)
  go.press()
  expect(fire).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(700)
  expect(go.ready.value).toBe(true)
  go.press()
  expect(fire.mock.calls).toEqual([['c3']])
})

it('stays shut after an accepted GO until the name on the button changed', async () => {
  const { next, fire, go } = stage(() => Promise.resolve(true))
  go.press()
  await vi.advanceTimersByTimeAsync(1_000)
  go.press()
  expect(fire).toHaveBeenCalledTimes(1)
  expect(go.waiting.value).toBe(true)
  next.value = 'c3'
  await vi.advanceTimersByTimeAsync(0)
  expect(go.ready.value).toBe(true)
})

it('opens again after a refusal', async () => {
  const { go } = stage(() => Promise.resolve(false))
  go.press()
  await vi.advanceTimersByTimeAsync(300)
  expect(go.ready.value).toBe(true)
})

it('does not stay shut for ever when the patch never comes', async () => {
  const { go } = stage(() => Promise.resolve(true))
  go.press()
  await vi.advanceTimersByTimeAsync(3_100)
  expect(go.ready.value).toBe(true)
})

it('has nothing to fire at the end of the rundown', () => {
  const { next, fire, go } = stage(() => Promise.resolve(true))
  next.value = null
  go.press()
  expect(fire).not.toHaveBeenCalled()
})
