import type { BuyerRow, ClaimRow, OversoldRow, StockRow } from '@/api'
import { laterFirst, type BadgeTone } from '@/ui'

/** A claim with its key. */
export type Claim = ClaimRow & { id: string }

const PACE_OLD_MS = 90_000 // a pace nobody refreshed for so long says nothing of now
const PACE_MS = 60_000
const SOON_MS = 10 * 60_000

const known = new WeakMap<ClaimRow, Claim>()
/** The same object for the same row, so that a screen draws only what changed. */
function withId(id: string, row: ClaimRow): Claim {
  const made = known.get(row) ?? { ...row, id }
  known.set(row, made)
  return made
}

export function claimsOf(rows: ReadonlyMap<string, ClaimRow>): Claim[] {
  return [...rows].map(([id, row]) => withId(id, row)).sort((a, b) => b.at - a.at || laterFirst(a.id, b.id))
}

/** Claims of one kind that hold nothing and are to be asked about: one line that opens, one act for all. */
export interface AskedGroup {
  id: string
  rule: ClaimRow['rule']
  people: number
  /** How many they ask for in all, as far as they say. */
  units: number
  claims: Claim[]
}
export const ASKED = ['ask_variant', 'ask_quantity', 'ask_order'] as const
const isAsked = (claim: ClaimRow): boolean => (ASKED as readonly string[]).includes(claim.rule) && claim.state === 'none'

/** The word for why: a size that was asked for and is not sold is no missing one, and an order of a product that it seems to be asks which. */
export function ruleWord(one: Pick<ClaimRow, 'product_id' | 'variant'> & { rule: string }): string {
  if (one.rule === 'ask_variant' && one.variant !== '') return 'no_variant'
  return one.rule === 'ask_order' && one.product_id !== '' ? 'ask_which' : one.rule
}

/** Why, word by word: of a part that was claimed also what became of the rest, which waits, or is beyond the buyer's limit, or was not to be had. */
export function becauseWord(one: Pick<ClaimRow, 'product_id' | 'variant'> & { rule: string; asked: number; units: number; waits: number }): string {
  if (one.rule !== 'claimed_part') return ruleWord(one)
  if (one.waits === 0) return 'claimed_part_none'
  return one.asked > one.units + one.waits ? 'claimed_part_cut' : one.rule
}

/** Whether somebody is to be asked about a product of which nothing is left: there is nothing to ask. */
export const isGone = (claim: ClaimRow, gone: ReadonlySet<string> | undefined): boolean => isAsked(claim) && gone?.has(claim.product_id) === true
export const goneOf = (stock: ReadonlyMap<string, StockRow>): ReadonlySet<string> => new Set([...stock.values()].filter((row) => row.variant === '' && row.sold_out).map((row) => row.product_id))

const MANY = 3 // below that lines are as short as a group of them

/** The lines of a desk, groups standing where their newest does; none is left out. */
export function grouped(claims: readonly Claim[]): (Claim | AskedGroup)[] {
  const kinds = new Map<string, Claim[]>()
  const kindOf = (claim: Claim): string => (isAsked(claim) ? `${claim.rule} ${claim.product_id}${claim.variant && ` ${claim.variant}`}` : '')
  for (const claim of claims) {
    const same = kinds.get(kindOf(claim))
    if (same === undefined) kinds.set(kindOf(claim), [claim])
    else same.push(claim)
  }
  return claims.flatMap((claim): (Claim | AskedGroup)[] => {
    const kind = kindOf(claim)
    const same = kinds.get(kind) ?? []
    if (kind === '' || same.length < MANY) return [claim]
    return same[0] === claim ? [{ id: kind, rule: claim.rule, people: new Set(same.map((one) => one.buyer)).size, units: same.reduce((sum, one) => sum + one.asked, 0), claims: same }] : []
  })
}

/** Who is to be asked still: of what the log had and of what is known now; who has a claim by hand since (its id is not of its comment) is not. */
export function allAsked(wholes: readonly ReadonlyMap<string, ClaimRow>[], rows: ReadonlyMap<string, ClaimRow>): ReadonlyMap<string, ClaimRow> {
  const answered = new Set([...rows].filter(([id, row]) => row.ref !== '' && !isAsked(row) && !id.startsWith(row.ref)).map(([, row]) => `${row.ref} ${row.buyer}`))
  const all = new Map([...wholes.flatMap((whole) => [...whole]), ...rows])
  return new Map([...all].filter(([, row]) => isAsked(row) && !answered.has(`${row.ref} ${row.buyer}`)))
}

/** Who waits, in the order of service. */
export function waitlistOf(rows: ReadonlyMap<string, ClaimRow>): Claim[] {
  return claimsOf(rows).filter((claim) => claim.waits > 0).reverse()
}

const GOOD = new Set(['claimed', 'by_hand', 'offered', 'checked_out', 'paid'])
const WATCH = new Set(['claimed_part', 'limit_cut', 'waitlisted', 'ask_variant', 'ask_quantity', 'ask_order', 'expired'])
const ACT = new Set(['sold_out', 'oversold', 'over_limit', 'window_closed', 'product_closed', 'blocked'])

/** Red for what a buyer will complain of, amber for what still moves. */
export function ruleTone(rule: string): BadgeTone {
  if (GOOD.has(rule)) return 'good'
  if (WATCH.has(rule)) return 'watch'
  return ACT.has(rule) ? 'act' : 'quiet'
}

export const STATE_TONES: Record<ClaimRow['state'], BadgeTone> = { held: 'info', waiting: 'watch', checked_out: 'good', paid: 'good', gone: 'quiet', none: 'quiet' }

/** Units of a claim and what became of them: together as many as were asked for. `count` 0: no units, only the rule says something. */
export interface ClaimPart {
  what: 'held' | 'waiting' | 'checked_out' | 'paid' | 'gone' | 'limit' | 'sold_out' | 'rule'
  count: number
  tone: BadgeTone
}
const CUT = new Map<string, ClaimPart['what']>([['limit_cut', 'limit'], ['over_limit', 'limit'], ['claimed_part', 'sold_out'], ['sold_out', 'sold_out']])

export function partsOf(claim: ClaimRow): ClaimPart[] {
  const paid = Math.min(claim.paid, claim.out)
  const cut = claim.asked - claim.held - claim.waits - claim.out - claim.released
  const why = CUT.get(claim.rule)
  const parts: ClaimPart[] = [
    { what: 'held', count: claim.held, tone: STATE_TONES.held },
    { what: 'waiting', count: claim.waits, tone: STATE_TONES.waiting },
    { what: 'checked_out', count: claim.out - paid, tone: STATE_TONES.checked_out },
    { what: 'paid', count: paid, tone: STATE_TONES.paid },
    { what: 'gone', count: claim.released, tone: STATE_TONES.gone },
    { what: why ?? 'rule', count: why === undefined ? 0 : cut, tone: ruleTone(claim.rule) },
  ]
  const told = parts.filter((part) => part.count > 0)
  return told.length > 0 ? told : parts.slice(-1)
}

/** Products as a whole, and under each its variants. */
export function stockOf(rows: ReadonlyMap<string, StockRow>): { whole: StockRow; variants: StockRow[] }[] {
  const wholes = [...rows.values()].filter((row) => row.variant === '')
  return wholes.map((whole) => ({ whole, variants: [...rows.values()].filter((row) => row.product_id === whole.product_id && row.variant !== '') }))
}

/** Whether more was promised of something than there is: whoever looks elsewhere is told where that is put right. */
export const anyOversold = (rows: Iterable<{ oversold: number }>): boolean => [...rows].some((row) => row.oversold > 0)

/** A product of which more was promised than there is. */
export interface Oversold {
  whole: StockRow
  units: number
  /** Units beyond the stock that claims hold, and that stand in orders; how many orders, and how many of those are paid. */
  claims: number
  orders: number
  orderRows: number
  paidRows: number
  /** Who, the first to be put right first; `unlisted` units more. */
  rows: OversoldRow[]
  unlisted: number
}

export function oversoldOf(stock: ReadonlyMap<string, StockRow>, rows: ReadonlyMap<string, OversoldRow>): Oversold[] {
  const found = [...stock.values()].filter((row) => row.variant === '' && row.oversold > 0)
  return found.map((whole) => {
    const mine = [...rows.values()].filter((row) => row.product_id === whole.product_id).sort((a, b) => a.place - b.place)
    const unitsOf = (kind: OversoldRow['kind']): number => mine.filter((row) => row.kind === kind).reduce((sum, row) => sum + row.units, 0)
    const [claims, orders] = [unitsOf('claim'), unitsOf('order')]
    const orderRows = mine.filter((row) => row.kind === 'order').length
    const paidRows = mine.filter((row) => row.paid).length
    return { whole, units: whole.oversold, claims, orders, orderRows, paidRows, rows: mine, unlisted: Math.max(0, whole.oversold - claims - orders) }
  })
}

/** How long until nothing is left at a pace that falls while nobody orders; null when nothing is known of it, and when it has not come true. */
export function timeToEmpty(row: StockRow, now: number): number | null {
  if (row.empty_at === null || row.left === null || row.empty_at <= now || now - row.paced_at > PACE_OLD_MS) return null
  return Math.round(((row.empty_at - row.paced_at) * spanOf(row, now)) / PACE_MS)
}

/** By product, how long until nothing is left. */
export const emptyIn = (stock: ReadonlyMap<string, StockRow>, now: number): ReadonlyMap<string, number | null> => new Map([...stock.values()].filter((row) => row.variant === '').map((row) => [row.product_id, timeToEmpty(row, now)]))

/** Units a minute: those of the last one spread over what has passed since; 0 when it is older than that. */
export function paceOf(row: StockRow, now: number): number {
  return now - row.paced_at > PACE_OLD_MS ? 0 : Math.round((row.pace * PACE_MS) / spanOf(row, now))
}

/** The minute the pace was counted in, and what has passed since without an order. */
const spanOf = (row: StockRow, now: number): number => PACE_MS + Math.max(0, now - row.paced_at)

export function stockTone(row: StockRow, now: number): BadgeTone {
  if (row.oversold > 0) return 'act'
  if (row.left === null) return 'quiet'
  if (row.left <= 0) return 'act'
  const empty = timeToEmpty(row, now)
  return empty !== null && empty < SOON_MS ? 'watch' : 'good'
}

/** Buyers a name, an id, or words they wrote; who was heard last first. */
export function findBuyers(rows: ReadonlyMap<string, BuyerRow>, words: string): { buyer: string; row: BuyerRow }[] {
  const asked = words.normalize('NFKC').trim().toLocaleLowerCase()
  const found = [...rows].map(([buyer, row]) => ({ buyer, row }))
  const fits = (one: { buyer: string; row: BuyerRow }): boolean =>
    asked === '' || one.buyer.toLocaleLowerCase().includes(asked) || one.row.name.normalize('NFKC').toLocaleLowerCase().includes(asked)
  return found.filter(fits).sort((a, b) => b.row.last_at - a.row.last_at || laterFirst(a.row.entries[0]?.claim_id ?? '', b.row.entries[0]?.claim_id ?? ''))
}
