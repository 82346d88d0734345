import { reactive, shallowRef, type ShallowRef } from 'vue'
import { distrustClock, guessClock, serverNow, setClock } from './clock'
import { Hold } from './hold'
import type { Patch } from '@/api'
import type { ClientMessage, PresentPerson, Refusing, ServerMessage, ViewRows } from './messages'

export interface Connection {
  state: 'live' | 'connecting' | 'lost'
  /** Server time of the last change of `state`. */
  since: number
  /** How many events the last return brought; 0 before the first one. */
  missed: number
  /** Counts returns, so that a screen can tell two equal ones apart. */
  returns: number
}

const PING_EVERY_MS = 10_000
/** No word for so long after a ping: the line is dead, whatever the browser thinks. */
const SILENCE_MS = 8_000
/** A tick this late means the machine slept. */
const SLEPT_MS = 5_000
const BACKOFF_MS = [250, 500, 1_000, 2_000, 4_000, 8_000]
/** Screens that change place keep their views for a moment, so that coming back costs nothing. */
const LINGER_MS = 4_000
const RESUBSCRIBE_GAP_MS = 500

interface Stream {
  holds: Map<string, Hold>
  seq: number
  dirty: boolean
  returning: boolean
  gapAt: number
  people: ShallowRef<readonly PresentPerson[]>
  here: { role: string; editing: string | null } | null
}

export type SocketFactory = () => WebSocket

function openSocket(): WebSocket {
  const url = new URL('api/live', document.baseURI)
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
  url.hash = ''
  return new WebSocket(url)
}

/** One socket, many streams: subscribes, catches up, finds gaps, comes back. */
export class Channel {
  readonly connection: Connection = reactive({ state: 'connecting', since: serverNow(), missed: 0, returns: 0 })
  /** Told of refusals on the live channel (no right to read a view, an ended session). */
  onRefused: (code: string, message: string) => void = () => {}
  /** Asked after a failed attempt: is there still a session? */
  onFailed: () => void = () => {}

  private readonly streams = new Map<string, Stream>()
  private readonly factory: SocketFactory
  private socket: WebSocket | null = null
  private tries = 0
  private retryTimer = 0
  private heardAt = 0
  private pingedAt = 0
  private tickAt = Date.now()
  private planned = false

  constructor(factory: SocketFactory = openSocket) {
    this.factory = factory
  }

  /** Take part in a view; call `release` as often. */
  acquire(stream: string, view: string): Hold {
    const entry = this.stream(stream)
    let hold = entry.holds.get(view)
    if (hold === undefined) {
      hold = new Hold()
      entry.holds.set(view, hold)
      this.plan(entry)
    }
    window.clearTimeout(hold.releaseTimer)
    hold.users += 1
    return hold
  }

  release(stream: string, view: string): void {
    const entry = this.streams.get(stream)
    const hold = entry?.holds.get(view)
    if (entry === undefined || hold === undefined) return
    hold.users -= 1
    if (hold.users > 0) return
    hold.releaseTimer = window.setTimeout(() => this.drop(stream, entry, view, hold), LINGER_MS)
  }

  people(stream: string): ShallowRef<readonly PresentPerson[]> {
    return this.stream(stream).people
  }

  /** Say in which role one is here; repeated after every return. */
  here(stream: string, role: string): void {
    const entry = this.stream(stream)
    if (entry.here?.role === role) return
    entry.here = { role, editing: entry.here?.editing ?? null }
    this.sayHere(stream, entry)
  }

  /** Leave a stream's table; the others no longer see one there. */
  away(stream: string): void {
    const entry = this.streams.get(stream)
    if (entry === undefined || entry.here === null) return
    entry.here = { role: '', editing: null }
    this.sayHere(stream, entry)
    entry.here = null
  }

  editing(stream: string, field: string | null): void {
    const entry = this.stream(stream)
    if (entry.here === null || entry.here.editing === field) return
    entry.here = { role: entry.here.role, editing: field }
    this.sayHere(stream, entry)
  }

  /** Start listening to lid, network and timer; call once. */
  watchMachine(): void {
    window.setInterval(() => this.tick(), 1_000)
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') this.wake()
    })
    window.addEventListener('online', () => this.wake())
    window.addEventListener('pageshow', () => this.wake())
    window.addEventListener('offline', () => this.cut())
  }

  /** Forget everything: somebody else signs in. */
  reset(): void {
    for (const entry of this.streams.values()) for (const hold of entry.holds.values()) hold.stop()
    this.streams.clear()
    window.clearTimeout(this.retryTimer)
    const old = this.socket
    this.socket = null
    old?.close()
    this.say('connecting')
  }

  /** Something may have happened while nobody looked: prove the line at once, or open a new one. */
  wake(): void {
    distrustClock()
    if (this.socket === null) {
      this.tries = 0
      this.connect()
    } else if (this.socket.readyState === WebSocket.OPEN) {
      this.ping()
    }
  }

  private stream(name: string): Stream {
    let entry = this.streams.get(name)
    if (entry === undefined) {
      entry = { holds: new Map(), seq: 0, dirty: false, returning: false, gapAt: 0, people: shallowRef([]), here: null }
      this.streams.set(name, entry)
    }
    return entry
  }

  private drop(stream: string, entry: Stream, view: string, hold: Hold): void {
    if (hold.users > 0 || entry.holds.get(view) !== hold) return
    hold.stop()
    entry.holds.delete(view)
    if (entry.holds.size > 0) this.plan(entry)
    else this.post({ type: 'unsubscribe', stream })
  }

  /** Subscriptions of one turn of the page go out as one message per stream. */
  private plan(entry: Stream): void {
    entry.dirty = true
    if (this.planned) return
    this.planned = true
    queueMicrotask(() => {
      this.planned = false
      if (this.socket === null) this.connect()
      else this.subscribeDirty()
    })
  }

  private subscribeDirty(): void {
    if (this.socket?.readyState !== WebSocket.OPEN) return
    for (const [name, entry] of this.streams) {
      if (!entry.dirty || entry.holds.size === 0) continue
      entry.dirty = false
      const views: Record<string, number | null> = {}
      for (const [view, hold] of entry.holds) if (!hold.barred) views[view] = hold.known
      this.post({ type: 'subscribe', stream: name, views })
    }
  }

  private connect(): void {
    window.clearTimeout(this.retryTimer)
    this.retryTimer = 0
    const socket = this.factory()
    this.socket = socket
    socket.onopen = () => this.opened(socket)
    socket.onmessage = (event: MessageEvent<string>) => {
      if (this.socket === socket) this.heard(JSON.parse(event.data) as ServerMessage)
    }
    socket.onclose = () => this.closed(socket)
    socket.onerror = () => socket.close()
  }

  private opened(socket: WebSocket): void {
    if (this.socket !== socket) return
    this.heardAt = Date.now()
    this.pingedAt = 0
    this.tries = 0
    const returning = this.connection.state === 'lost'
    this.say('live')
    for (const [name, entry] of this.streams) {
      entry.dirty = true
      entry.returning = returning && entry.seq > 0
      this.sayHere(name, entry)
    }
    this.subscribeDirty()
    this.ping()
  }

  private closed(socket: WebSocket): void {
    if (this.socket !== socket) return
    this.socket = null
    if (this.connection.state === 'live' || this.tries >= 2) this.say('lost')
    const wait = BACKOFF_MS[Math.min(this.tries, BACKOFF_MS.length - 1)] ?? 8_000
    this.tries += 1
    if (this.tries > 1) this.onFailed()
    this.retryTimer = window.setTimeout(() => this.connect(), wait * (0.7 + Math.random() * 0.6))
  }

  private heard(message: ServerMessage): void {
    this.heardAt = Date.now()
    this.pingedAt = 0
    switch (message.type) {
      case 'snapshot':
        guessClock(message.at)
        this.returned(message.stream, message.seq)
        this.apply(message.stream, message.views, message.seq, 'replace')
        return
      case 'caught_up':
        guessClock(message.at)
        this.returned(message.stream, message.seq)
        this.apply(message.stream, message.views, message.seq, 'patch')
        return
      case 'patch':
        this.patched(message)
        return
      case 'presence':
        this.stream(message.stream).people.value = message.people.filter((person) => person.role !== '')
        return
      case 'pong':
        setClock(message.t, message.at)
        return
      case 'refused':
        this.refused(message)
        return
      default:
        message satisfies never
    }
  }

  private patched(message: Patch): void {
    const entry = this.streams.get(message.stream)
    if (entry === undefined || message.seq < entry.seq) return
    if (message.after > entry.seq) {
      this.foundGap(entry)
      return
    }
    this.apply(message.stream, message.views, message.seq, 'patch')
  }

  private foundGap(entry: Stream): void {
    const now = Date.now()
    if (now - entry.gapAt < RESUBSCRIBE_GAP_MS) return
    entry.gapAt = now
    this.plan(entry)
  }

  private apply(stream: string, views: ViewRows, seq: number, how: 'replace' | 'patch'): void {
    const entry = this.streams.get(stream)
    if (entry === undefined) return
    entry.seq = Math.max(entry.seq, seq)
    for (const [view, hold] of entry.holds) {
      const rows = views[view]?.rows
      if (how === 'replace') {
        if (rows !== undefined) hold.replace(rows, seq)
      } else if (hold.known !== null) {
        hold.patch(rows, seq)
      }
    }
  }

  /** Count what a lost line kept from us, per stream and before the rows are shown. */
  private returned(stream: string, seq: number): void {
    const entry = this.streams.get(stream)
    if (entry === undefined || !entry.returning) return
    entry.returning = false
    this.connection.missed = Math.max(0, seq - entry.seq)
    this.connection.returns += 1
  }

  /** One forbidden view refuses a whole subscription: leave it out and ask for the rest. */
  private refused(message: Refusing): void {
    const barred = [...this.streams].filter(([name, entry]) => bar(name, entry, message)).map(([, entry]) => entry)
    for (const entry of barred) this.plan(entry)
    if (barred.length === 0) this.onRefused(message.code, message.message)
  }

  private tick(): void {
    const now = Date.now()
    const late = now - this.tickAt
    this.tickAt = now
    if (late > SLEPT_MS) this.wake()
    if (this.socket?.readyState !== WebSocket.OPEN) return
    if (this.pingedAt !== 0 && now - this.pingedAt > SILENCE_MS) this.abandon()
    else if (this.pingedAt === 0 && now - this.heardAt > PING_EVERY_MS) this.ping()
  }

  /** A dead line may take minutes to close by itself. */
  private abandon(): void {
    const dead = this.socket
    if (dead === null) return
    dead.close()
    this.closed(dead)
  }

  /** The machine says it has no network. Closing needs an answer from the other end, so nobody waits for it to tell people. */
  private cut(): void {
    this.abandon()
    this.say('lost')
  }

  private ping(): void {
    this.pingedAt = Date.now()
    this.post({ type: 'ping', t: this.pingedAt })
  }

  private sayHere(stream: string, entry: Stream): void {
    if (entry.here !== null) this.post({ type: 'here', stream, ...entry.here })
  }

  private post(message: ClientMessage): void {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(message))
  }

  private say(state: Connection['state']): void {
    if (this.connection.state === state) return
    this.connection.state = state
    this.connection.since = serverNow()
  }
}

/** Mark the views a refusal speaks of; says whether there were any. */
function bar(stream: string, entry: Stream, { code, data, views }: Refusing): boolean {
  let found = false
  for (const [view, hold] of entry.holds) {
    const forbidden = code === 'core.not_allowed' && views.includes(view)
    const unknown = code === 'core.not_found' && data.id === view
    const elsewhere = code === 'core.elsewhere_only' && data.stream === stream
    if (hold.barred || (!forbidden && !unknown && !elsewhere)) continue
    hold.barred = true
    found = true
  }
  return found
}
