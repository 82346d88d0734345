import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Channel } from './channel'
import type { ClientMessage, ServerMessage } from './messages'

class Line {
  static all: Line[] = []
  readyState: number = WebSocket.CONNECTING
  /** A line to nowhere: closing it waits for an answer that never comes. */
  dead = false
  sent: ClientMessage[] = []
  onopen: (() => void) | null = null
  onclose: (() => void) | null = null
  onmessage: ((event: { data: string }) => void) | null = null

  constructor() {
    Line.all.push(this)
  }
  send(text: string): void {
    this.sent.push(JSON.parse(text) as ClientMessage)
  }
  close(): void {
    if (this.readyState === WebSocket.CLOSED) return
    if (this.dead) {
      this.readyState = WebSocket.CLOSING
      return
    }
    this.readyState = WebSocket.CLOSED
    this.onclose?.()
  }
  open(): void {
    this.readyState = WebSocket.OPEN
    this.onopen?.()
  }
  say(message: ServerMessage): void {
    this.onmessage?.({ data: JSON.stringify(message) })
  }
  subscribed(): ClientMessage[] {
    return this.sent.filter((message) => message.type === 'subscribe')
  }
}

const S = 'show/x'
const line = (): Line => Line.all.at(-1) as Line
const turn = (): Promise<void> => Promise.resolve()
let channel: Channel

beforeEach(() => {
  vi.useFakeTimers()
  Line.all = []
  channel = new Channel(() => new Line() as unknown as WebSocket)
})
afterEach(() => {
  channel.reset()
  vi.useRealTimers()
})

async function connected(...views: string[]) {
  const holds = views.map((view) => channel.acquire(S, view))
  await turn()
  line().open()
  return holds
}
const snapshot = (seq: number, views: Record<string, Record<string, unknown>>): ServerMessage => ({
  type: 'snapshot', stream: S, seq, at: 1000, views: wrap(views),
})
const patch = (after: number, seq: number, views: Record<string, Record<string, unknown>>): ServerMessage => ({
  type: 'patch', stream: S, after, seq, at: 1000, views: wrap(views),
})
const wrap = (views: Record<string, Record<string, unknown>>) => Object.fromEntries(Object.entries(views).map(([view, rows]) => [view, { rows }]))

test('views asked for in one turn are one subscription', async () => {
  await connected('a.one', 'a.two')
  channel.acquire(S, 'a.one')
  await turn()
  expect(line().subscribed()).toEqual([{ type: 'subscribe', stream: S, views: { 'a.one': null, 'a.two': null } }])
})

test('snapshot and patches make the rows; a row of null is gone', async () => {
  const [hold] = await connected('a.one')
  line().say(snapshot(5, { 'a.one': { k: 1, l: 2 } }))
  const before = hold?.rows.value
  line().say(patch(5, 6, { 'a.one': { k: 3, l: null } }))
  expect([...(hold?.rows.value ?? [])]).toEqual([['k', 3]])
  expect([...(before ?? [])]).toEqual([['k', 1], ['l', 2]])
  expect(hold?.seq.value).toBe(6)
})

test('a gap asks again from the last seq and applies nothing', async () => {
  const [hold] = await connected('a.one')
  line().say(snapshot(5, { 'a.one': { k: 1 } }))
  line().say(patch(8, 9, { 'a.one': { k: 9 } }))
  await turn()
  expect(hold?.rows.value.get('k')).toBe(1)
  expect(line().subscribed().at(-1)).toEqual({ type: 'subscribe', stream: S, views: { 'a.one': 5 } })
})

test('after a lost line it comes back from the last seq and says what it brought', async () => {
  const [hold] = await connected('a.one')
  line().say(snapshot(5, { 'a.one': { k: 1 } }))
  line().close()
  expect(channel.connection.state).toBe('lost')
  vi.advanceTimersByTime(1000)
  expect(Line.all).toHaveLength(2)
  line().open()
  expect(line().subscribed()).toEqual([{ type: 'subscribe', stream: S, views: { 'a.one': 5 } }])
  line().say({ type: 'caught_up', stream: S, after: 5, seq: 12, at: 1, missed: 7, views: wrap({ 'a.one': { k: 2 } }) })
  expect(hold?.rows.value.get('k')).toBe(2)
  expect(channel.connection).toMatchObject({ state: 'live', missed: 7, returns: 1 })
})

test('one forbidden view does not cost the others', async () => {
  await connected('rundown.cues', 'metric.tiles')
  line().say({ type: 'refused', code: 'core.not_allowed', data: { duty: 'metric.read', roles: ['host'], able_roles: [], on_duty: [] }, message: 'no', views: ['metric.tiles'] })
  await turn()
  expect(line().subscribed().at(-1)).toEqual({ type: 'subscribe', stream: S, views: { 'rundown.cues': null } })
})

test('a storm is painted at most every 80 ms, and nothing of it is lost', async () => {
  const [hold] = await connected('a.one')
  line().say(snapshot(0, { 'a.one': {} }))
  const paints: unknown[] = []
  for (let seq = 1; seq <= 200; seq += 1) {
    const before = hold?.rows.value
    line().say(patch(seq - 1, seq, { 'a.one': { [String(seq)]: seq } }))
    if (hold?.rows.value !== before) paints.push(seq)
  }
  expect(paints.length).toBeLessThan(20)
  vi.advanceTimersByTime(100)
  expect(hold?.rows.value.size).toBe(200)
})

test('a flood of rows is painted four times a second, all views that wait in one frame, and a large change that comes alone at once', async () => {
  const [flood, other] = await connected('a.flood', 'a.other')
  line().say(snapshot(0, { 'a.flood': {}, 'a.other': {} }))
  const rows = (from: number): Record<string, number> => Object.fromEntries(Array.from({ length: 60 }, (_, place) => [String(from + place), from]))
  line().say(patch(0, 1, { 'a.flood': rows(0) }))
  expect(flood?.rows.value.size).toBe(60)
  const frames = new Set<number>()
  for (let seq = 2; seq <= 41; seq += 1) {
    vi.advanceTimersByTime(50)
    const before = [flood?.rows.value, other?.rows.value]
    line().say(patch(seq - 1, seq, { 'a.flood': rows(seq * 60), 'a.other': rows(seq * 60) }))
    if (flood?.rows.value !== before[0] || other?.rows.value !== before[1]) frames.add(seq)
  }
  expect(frames.size).toBeLessThan(12) // those that were within their means; all others waited for the common frame
  vi.advanceTimersByTime(300)
  expect([flood?.rows.value.size, other?.rows.value.size]).toEqual([60 * 41, 60 * 40])
})

test('a view nobody looks at any more is let go after a while', async () => {
  await connected('a.one', 'a.two')
  channel.release(S, 'a.one')
  vi.advanceTimersByTime(5000)
  await turn()
  expect(line().subscribed().at(-1)).toEqual({ type: 'subscribe', stream: S, views: { 'a.two': null } })
  channel.release(S, 'a.two')
  vi.advanceTimersByTime(5000)
  expect(line().sent.at(-1)).toEqual({ type: 'unsubscribe', stream: S })
})

test('presence is told again after a return, and left tables are empty', async () => {
  await connected('a.one')
  channel.here(S, 'director')
  channel.editing(S, 'c1/title')
  line().close()
  vi.advanceTimersByTime(1000)
  line().open()
  expect(line().sent).toContainEqual({ type: 'here', stream: S, role: 'director', editing: 'c1/title' })
  line().say({ type: 'presence', stream: S, people: [{ person_id: 'a', name: 'A', role: '', since: 0, editing: null }] })
  expect(channel.people(S).value).toEqual([])
})

test('a machine without a network says so at once, also when the line does not close or was not open yet', async () => {
  channel.watchMachine()
  const [hold] = await connected('v')
  line().say(snapshot(3, { v: { a: 1 } }))
  line().dead = true
  window.dispatchEvent(new Event('offline'))
  expect(channel.connection.state).toBe('lost')
  vi.advanceTimersByTime(400)
  expect(Line.all).toHaveLength(2) // and it tries again by itself
  window.dispatchEvent(new Event('offline'))
  expect(channel.connection.state).toBe('lost')
  window.dispatchEvent(new Event('online'))
  line().open()
  line().say(snapshot(5, { v: { a: 2 } }))
  expect(channel.connection.state).toBe('live')
  expect(channel.connection.missed).toBe(2)
  expect(hold?.rows.value).toEqual(new Map([['a', 2]]))
})

test('without a network before the first line was open, nobody reads that it connects', async () => {
  channel.watchMachine()
  channel.acquire(S, 'v')
  await turn()
  window.dispatchEvent(new Event('offline'))
  expect(channel.connection.state).toBe('lost')
})
