import { expect, it, vi } from 'vitest'
import { distrustClock, serverNow, setClock } from './clock'

it('the house has no half milliseconds, however odd the way there and back is', () => {
  vi.useFakeTimers({ now: 10_000 })
  distrustClock()
  setClock(9_995, 10_500, 10_000) // five there and back
  expect(serverNow()).toBe(10_503)
  vi.useRealTimers()
})
