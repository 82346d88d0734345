/** How the host reads: text size, mirror, automatic scroll, and what keys, pedals and presenter remotes mean. Pure. */
import type { HostRow, PromoSaid, Signal } from '@/api'

export interface Reading {
  /** 1 is the size the screen asks for. */
  scale: number
  mirror: boolean
  /** Lines a minute of the automatic scroll. */
  speed: number
}

export const SCALES = [0.6, 0.7, 0.8, 0.9, 1, 1.15, 1.3, 1.5, 1.75, 2] as const
export const SPEEDS = [4, 6, 8, 10, 12, 15, 18, 22, 27, 33, 40] as const
export const FIRST: Reading = { scale: 1, mirror: false, speed: 12 }

/** The next value of a row of steps; stays at its ends. */
export function stepped(steps: readonly number[], value: number, by: 1 | -1): number {
  const place = steps.findIndex((step) => step >= value - 1e-6)
  const from = place === -1 ? steps.length - 1 : place
  return steps[Math.min(steps.length - 1, Math.max(0, from + by))] ?? value
}

/** What was stored on this screen, if it makes sense; a stranger's value is not trusted. */
export function sound(stored: Partial<Reading>): Reading {
  return {
    scale: SCALES.find((scale) => scale === stored.scale) ?? FIRST.scale,
    mirror: stored.mirror === true,
    speed: SPEEDS.find((speed) => speed === stored.speed) ?? FIRST.speed,
  }
}

export type ScrollMove = { by: 'line' | 'page'; sign: 1 | -1 } | { to: 'top' | 'end' }

/** Keys by the names that bindings use. */
const MOVES: Record<string, ScrollMove> = {
  pagedown: { by: 'page', sign: 1 },
  pageup: { by: 'page', sign: -1 },
  right: { by: 'page', sign: 1 },
  left: { by: 'page', sign: -1 },
  down: { by: 'line', sign: 1 },
  up: { by: 'line', sign: -1 },
  home: { to: 'top' },
  end: { to: 'end' },
}

/** Presenter remotes send page keys, pedals arrows: both scroll. null: no scroll key. */
export const scrollMove = (key: string): ScrollMove | null => MOVES[key] ?? null
/** Which word of the key sheet describes a scroll key. */
export function scrollWord(key: string): 'pageDown' | 'pageUp' | 'lineDown' | 'lineUp' | 'top' | 'end' {
  const move = MOVES[key]
  if (move === undefined || 'to' in move) return move?.to ?? 'top'
  return `${move.by}${move.sign > 0 ? 'Down' : 'Up'}`
}
export const SCROLL_KEYS: readonly string[] = Object.keys(MOVES)

/** Share of the height a page moves: two lines stay in sight, so that the eye finds its place. */
const PAGE_SHARE = 0.75

/** Where a move leads, in px from the top, within the text. */
export function scrolledTo(move: ScrollMove, top: number, height: number, full: number, line: number): number {
  const end = Math.max(0, full - height)
  if ('to' in move) return move.to === 'top' ? 0 : end
  const step = move.by === 'line' ? line : height * PAGE_SHARE
  return Math.min(end, Math.max(0, top + move.sign * step))
}

export type PromoWord = '' | 'coming' | 'on' | 'failed' | 'ending' | 'expired' | 'lapsed' | 'takingBack' | 'ended' | 'takenBack' | 'stays' | 'notTakenBack'

const WORDS: Record<HostRow['promo_state'], PromoWord> = {
  '': '', approved: 'coming', applied: 'on', failed: 'failed', ending: 'ending', expired: 'expired', lapsed: 'lapsed', taking_back: 'takingBack', ended: 'ended', taken_back: 'takenBack', stays: 'stays', not_taken_back: 'notTakenBack',
}

/** 等後台 / 已上架 / 已結束 …: what the host may say of the promo. */
export function promoWord(state: HostRow['promo_state']): PromoWord {
  return WORDS[state]
}

/** The lamp while it speaks: before air nobody is to go on until somebody turned it, and after the end nobody turns it. */
export function lampOf(host: Pick<HostRow, 'show_state' | 'signal'> | undefined): Signal | null {
  if (host === undefined || host.show_state === 'ended') return null
  return host.show_state === 'planned' && host.signal === 'green' ? null : host.signal
}

/** Buyers pay this price still, and the host is not to say it: it is being taken back. What a screen kept of before may not say so. */
export const priceUnsaid = (host: { unsaid?: HostRow['unsaid'] }): boolean => host.unsaid?.includes('price') === true

/** A promo as the host is told of it. */
export type Said = Pick<PromoSaid, 'product_name' | 'currency' | 'price_minor' | 'gift' | 'coupon'> & { state: HostRow['promo_state']; kind: HostRow['promo_kind'] }

const LEAVING: readonly HostRow['promo_state'][] = ['ending', 'expired', 'taking_back', 'stays', 'not_taken_back']

/** Line by line what is said of the product on air, as `word` says it: of one that is sold out nothing is offered, whatever the shop has on. */
export function heardOf(host: HostRow): { said: Said; word: PromoWord | 'gone' }[] {
  const lines = [saidOf(host), ...host.promos_besides.filter((one) => one.product_name === '')].filter((one) => one.state !== '').map((said) => ({ said, word: promoWord(said.state) }))
  if (!host.sold_out || lines.length === 0) return lines
  return [{ said: saidOf(host), word: 'gone' }, ...lines.filter(({ word }) => word !== 'on' && word !== 'stays')]
}

/** What stands beside what moves, and is still to be said: not what is told of already, and nothing of a product that is gone. */
export function besidesOf(host: HostRow): { gift: string; coupon: HostRow['coupon'] } {
  const silent = host.promo_state === '' || host.promo_state === 'applied' || host.sold_out
  if (silent) return { gift: '', coupon: null }
  const leaving = [saidOf(host), ...host.promos_besides.filter((one) => one.product_name === '')].filter((one) => LEAVING.includes(one.state))
  const told = (kind: Said['kind'], what: unknown): boolean => leaving.some((one) => one.kind === kind && JSON.stringify(kind === 'gift' ? one.gift : one.coupon) === JSON.stringify(what))
  return { gift: told('gift', host.gift) ? '' : host.gift, coupon: told('coupon', host.coupon) ? null : host.coupon }
}

/** What one comes to with its coupon; null where there is none, nobody is to say it, or nothing is left to buy. */
export const couponPriceOf = (host: HostRow): number | null => (host.sold_out ? null : host.coupon_price_minor)

/** The row at this instant: without a line nobody tells this screen that a coupon's time is up, and it knows when that is. */
export function runOut<Row extends HostRow | undefined>(host: Row, now: number): Row | HostRow {
  const until = host?.coupon?.until ?? null
  if (host === undefined || until === null || until > now) return host
  const row = { ...host, coupon: null, coupon_price_minor: null }
  if (host.promo_state !== 'applied') return row
  const alone = host.promo_price_minor === null && host.promo_gift === ''
  return alone ? { ...row, promo_state: 'expired', promo_kind: 'coupon' } : { ...row, promo_coupon: null }
}

/** What the host's row says first of the product on air. */
export function saidOf(host: HostRow): Said {
  return {
    product_name: '',
    currency: host.currency,
    state: host.promo_state,
    kind: host.promo_kind,
    price_minor: host.promo_price_minor,
    gift: host.promo_gift,
    coupon: host.promo_coupon,
  }
}
