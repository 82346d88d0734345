import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope, ref } from 'vue'
import { useStill } from '.'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})
const over = (pointerType: string): PointerEvent => new PointerEvent('pointermove', { pointerType })
const lines = (...ids: string[]): { id: string; held: number }[] => ids.map((id) => ({ id, held: 1 }))

test('a line one points at stays where it is; what comes is counted, and runs on when the hand leaves or rests', () => {
  const scope = effectScope()
  scope.run(() => {
    const rows = ref(lines('b', 'a'))
    const { shown, fresh, points, leaves } = useStill(() => rows.value, (row) => row.id)
    const ids = (): string[] => shown.value.map((row) => row.id)
    points(over('mouse'))
    rows.value = [...lines('d', 'c'), { id: 'b', held: 0 }] // a left
    expect(ids()).toEqual(['b', 'a'])
    expect(shown.value[0]?.held).toBe(0) // as it is now
    expect(fresh.value).toBe(2)
    leaves()
    expect(ids()).toEqual(['d', 'c', 'b'])
    expect(fresh.value).toBe(0)
    points(over('mouse'))
    vi.advanceTimersByTime(3_100)
    rows.value = lines('e', 'd')
    expect(ids()).toEqual(['e', 'd'])
    points(over('touch')) // a finger that scrolls
    rows.value = lines('f', 'e')
    expect(ids()).toEqual(['f', 'e'])
  })
  scope.stop()
})

test('what is armed stands, wherever the hand is', () => {
  const scope = effectScope()
  scope.run(() => {
    const rows = ref(lines('a'))
    const { shown, arms, leaves } = useStill(() => rows.value, (row) => row.id)
    arms(true)
    leaves()
    vi.advanceTimersByTime(5_000)
    rows.value = lines('b', 'a')
    expect(shown.value.map((row) => row.id)).toEqual(['a'])
    arms(false)
    vi.advanceTimersByTime(3_100)
    expect(shown.value.map((row) => row.id)).toEqual(['b', 'a'])
  })
  scope.stop()
})
