import { getCurrentScope, onScopeDispose, readonly, ref, type Ref } from 'vue'

/** How far the server's clock is ahead of this machine's, in ms. */
let skewMs = 0
let bestRoundTripMs = Number.POSITIVE_INFINITY

/** The server's clock now, in ms since 1970 UTC. */
export function serverNow(): number {
  return Date.now() + skewMs
}

/** A message that says `at` came in; without a round trip it only sets a first guess. */
export function guessClock(at: number): void {
  if (bestRoundTripMs === Number.POSITIVE_INFINITY) skewMs = at - Date.now()
}

/** A pong came: its clock was read about half a round trip ago. Slow round trips say less than fast ones. */
export function setClock(sentAt: number, at: number, nowMs: number = Date.now()): void {
  const roundTrip = nowMs - sentAt
  bestRoundTripMs = Math.min(bestRoundTripMs * 1.2 + 1, 60_000)
  if (roundTrip > bestRoundTripMs) return
  bestRoundTripMs = roundTrip
  skewMs = Math.round(at + roundTrip / 2 - nowMs) // instants are whole: no door takes half a millisecond
}

/** The machine slept or its clock was set: believe the next message again. */
export function distrustClock(): void {
  bestRoundTripMs = Number.POSITIVE_INFINITY
}

interface Ticker {
  now: Ref<number>
  users: number
  timer: number
}
const tickers = new Map<number, Ticker>()

/** Server time that ticks `hz` times a second, aligned to whole parts of a second so that all countdowns turn together. */
export function useNow(hz = 4): Readonly<Ref<number>> {
  const ticker = tickers.get(hz) ?? startTicker(hz)
  ticker.users += 1
  if (getCurrentScope() !== undefined) onScopeDispose(() => stopTicker(hz))
  return readonly(ticker.now)
}

function startTicker(hz: number): Ticker {
  const ticker: Ticker = { now: ref(serverNow()), users: 0, timer: 0 }
  const everyMs = 1000 / hz
  const tick = (): void => {
    ticker.now.value = serverNow()
    ticker.timer = window.setTimeout(tick, everyMs - (serverNow() % everyMs) + 1)
  }
  tick()
  tickers.set(hz, ticker)
  return ticker
}

function stopTicker(hz: number): void {
  const ticker = tickers.get(hz)
  if (ticker === undefined) return
  ticker.users -= 1
  if (ticker.users > 0) return
  window.clearTimeout(ticker.timer)
  tickers.delete(hz)
}
