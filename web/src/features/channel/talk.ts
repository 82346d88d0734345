/** What a channel shows of its messages, and what a written line asks for. Pure. */
import type { ListedShowRow, Look, MessageRow, ProductCard, Reach } from '@/api'

export const ROOMS = ['before', 'on_air', 'emergency'] as const
export const TAGS = ['product', 'order', 'tech', 'promo', 'negative', 'stock'] as const
export type Tag = (typeof TAGS)[number]
/** 「收到」: read and understood; it takes nothing. */
export const GOT = 'ok'

export interface Named { id: string; name: string }

/** How far a message is with those it asks, and who is there: the furthest one says it. */
export type Level = 'sent' | 'arrived' | 'seen' | 'taken' | 'done'
export const LEVELS: readonly Level[] = ['sent', 'arrived', 'seen', 'taken', 'done']

export function levelOf(row: MessageRow): { level: Level; people: string[] } {
  if (row.stage === 'done' || row.stage === 'taken') return { level: row.stage, people: [row.stage_by] }
  const met = (at: keyof Look): string[] => Object.entries(row.looks).filter(([, look]) => look[at] > 0).map(([person]) => person)
  const [seen, arrived] = [met('seen_at'), met('arrived_at')]
  return seen.length > 0 ? { level: 'seen', people: seen } : arrived.length > 0 ? { level: 'arrived', people: arrived } : { level: 'sent', people: [] }
}

/** ▰▰▱▱: of four steps. */
export function barOf(level: Level): string {
  const steps = LEVELS.indexOf(level)
  return '▰'.repeat(steps) + '▱'.repeat(LEVELS.length - 1 - steps)
}

/** Whole seconds until the next one is asked; null when nobody is asked any more. */
export function nextIn(row: MessageRow, now: number): number | null {
  const last: Reach | undefined = row.reached.at(-1)
  return row.stage !== 'open' || last === undefined || last.until === 0 ? null : Math.max(0, Math.ceil((last.until - now) / 1000))
}

/** Whether it is somebody's to take now: of whom it was asked, or was named in it. */
export function asks(row: MessageRow, me: string): boolean {
  return row.stage === 'open' && (row.mentions.includes(me) || row.reached.some((reach) => reach.people.includes(me)))
}

/** Who looks: their roles, up to where they read each room, and when the show ended (null: not yet). */
export interface Onlooker { me: string; roles: readonly string[]; read: (room: string) => number; endedAt: number | null }

/** It names me or a role of mine, asks nothing, and I have not read it. */
const mentions = (row: MessageRow, on: Onlooker): boolean =>
  row.stage === 'plain' && row.by !== on.me && row.seq > on.read(row.channel_id) && (row.mentions.includes(on.me) || row.roles.some((role) => on.roles.includes(role)))

/** What waits for me, urgent ones first, then those that wait longest; then what I took, and where I was named. The end of a show ends what was asked before it. */
export function forMe(rows: Iterable<MessageRow>, on: Onlooker): MessageRow[] {
  const mine = [...rows].filter((row) => (on.endedAt === null || row.at > on.endedAt) && (asks(row, on.me) || (row.stage === 'taken' && row.stage_by === on.me) || mentions(row, on)))
  const rank = (row: MessageRow): number => (row.stage === 'plain' ? 3 : row.stage === 'taken' ? 2 : row.urgent ? 0 : 1)
  return mine.sort((a, b) => rank(a) - rank(b) || a.stage_at - b.stage_at)
}

const DAY_MS = 86_400_000
/** Each is a stream, and a line shows 32: half of them are for what is on the glass, four for cues of other shows. */
export const ELSEWHERE_MAX = 16
export const isMadeUp = (show: ListedShowRow): boolean => show.rehearsal || show.simulated

/** The other shows that may ask something of me: those on air (the last to begin first), then those that begin or should have begun within a day; rehearsals and simulations after all. */
export function elsewhere(shows: Iterable<ListedShowRow>, here: string | null, now: number): ListedShowRow[] {
  const far = (show: ListedShowRow): number => Math.abs(show.starts_at - now)
  const rank = (show: ListedShowRow): number => 2 * Number(isMadeUp(show)) + Number(show.state !== 'live')
  const asks = (show: ListedShowRow): boolean => `show/${show.show_id}` !== here && (show.state === 'live' || far(show) < DAY_MS)
  return [...shows].filter(asks).sort((a, b) => rank(a) - rank(b) || far(a) - far(b)).slice(0, ELSEWHERE_MAX)
}

/** The messages of a channel, oldest first; what was edited stays in its place. */
export function inRoom(rows: Iterable<MessageRow>, room: string): MessageRow[] {
  return [...rows].filter((row) => row.channel_id === room).sort((a, b) => a.seq - b.seq)
}

/** How many of others one has not read. */
export function unread(rows: Iterable<MessageRow>, room: string, read: number, me: string): number {
  return [...rows].filter((row) => row.channel_id === room && row.seq > read && row.by !== me && row.stage !== 'withdrawn').length
}

export interface Written { text: string; tag: Tag | ''; urgent: boolean; mentions: string[]; roles: string[] }

/** What stands behind a `#`: blanks between its words may be left out. */
function tagAt(text: string, at: number, names: readonly string[]): number {
  const rest = text.slice(at).toLowerCase()
  for (const name of names) {
    let place = 0
    for (const sign of name.toLowerCase()) {
      if (sign === ' ') while (rest[place] === ' ') place += 1
      else if (rest[place] === sign) place += 1
      else { place = -1; break }
    }
    if (place > 0 && !/[\p{L}\p{N}]/u.test(rest[place] ?? '')) return place
  }
  return 0
}

/** A line as it was typed: `#產品問題` (as the reader's language has it, or by its id) is its tag, `#急` makes it urgent, `@` before a name or a role is whom it is for. */
export function readLine(line: string, tags: readonly { id: Tag | 'urgent'; names: readonly string[] }[], people: readonly Named[], roles: readonly Named[]): Written {
  let [text, tag, urgent]: [string, Tag | '', boolean] = ['', '', false]
  for (let at = 0; at < line.length; at += 1) {
    const begins = (line[at] === '#' || line[at] === '＃') && (at === 0 || /\s/.test(line[at - 1] ?? ''))
    const found = begins ? tags.map((one) => ({ id: one.id, length: tagAt(line, at + 1, [...one.names, one.id]) })).sort((a, b) => b.length - a.length)[0] : undefined
    if (found === undefined || found.length === 0) {
      text += line[at]
      continue
    }
    if (found.id === 'urgent') urgent = true
    else tag = found.id
    at += found.length
  }
  const named = namedIn(text, [...people.map((one) => ({ ...one, kind: 'mentions' as const })), ...roles.map((one) => ({ ...one, kind: 'roles' as const }))])
  return { text: text.replace(/[^\S\n]{2,}/g, ' ').trim(), tag, urgent, ...named }
}

/** The longest name first: 「@小艾米」 is not 小艾, and 「@主播阿晴」 is no 主播. */
function namedIn(text: string, named: readonly (Named & { kind: 'mentions' | 'roles' })[]): { mentions: string[]; roles: string[] } {
  const found: { mentions: string[]; roles: string[] } = { mentions: [], roles: [] }
  let left = text
  for (const one of [...named].filter((each) => each.name !== '').sort((a, b) => b.name.length - a.name.length)) {
    for (const at of ['@', '＠']) {
      if (!left.includes(at + one.name)) continue
      if (!found[one.kind].includes(one.id)) found[one.kind].push(one.id)
      left = left.replaceAll(at + one.name, ' ')
    }
  }
  return found
}

const CARDS_MAX = 3
const NAME_MIN = 2

/** Products that a text speaks of, by code or by name: as they are now they stand below it. */
export function productsIn(text: string, cards: Iterable<ProductCard>): ProductCard[] {
  const lower = text.toLowerCase()
  const coded = (id: string): boolean => {
    const at = lower.indexOf(id.toLowerCase())
    return at >= 0 && !/[a-z0-9]/.test(lower[at - 1] ?? '') && !/[a-z0-9]/.test(lower[at + id.length] ?? '')
  }
  return [...cards].filter((card) => coded(card.product_id) || (card.name.length >= NAME_MIN && lower.includes(card.name.toLowerCase()))).slice(0, CARDS_MAX)
}
