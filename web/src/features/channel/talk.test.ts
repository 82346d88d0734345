import { describe, expect, it } from 'vitest'
import type { ListedShowRow, MessageRow, ProductCard } from '@/api'
import { asks, barOf, elsewhere, ELSEWHERE_MAX, forMe, inRoom, levelOf, nextIn, productsIn, readLine, unread, type Named } from './talk'

function row(more: Partial<MessageRow>): MessageRow {
  return {
    message_id: 'm', channel_id: 'on_air', seq: 1, at: 0, by: 'ai', role: 'assistant', text: '', tag: '', urgent: false, thread: '', mentions: [], roles: [], stage: 'plain', stage_at: 0, stage_by: '',
    words: '', back: '', edited_at: 0, reached: [], looks: {}, reactions: {}, ...more,
  }
}
const tags = [{ id: 'product' as const, names: ['產品問題'] }, { id: 'promo' as const, names: ['Promo change'] }, { id: 'urgent' as const, names: ['急'] }]
const people: Named[] = [{ id: 'ai', name: '小艾' }, { id: 'aimi', name: '小艾米' }]
const roles: Named[] = [{ id: 'operations', name: '運營' }]

it('takes a tag from the line, by its words or its id, and whom it is for', () => {
  expect(readLine('#產品問題 A01 貼錯了 @小艾米', tags, people, roles)).toEqual({ text: 'A01 貼錯了 @小艾米', tag: 'product', urgent: false, mentions: ['aimi'], roles: [] })
  expect(readLine('看一下 #promochange ＠運營 @小艾', tags, people, roles)).toEqual({ text: '看一下 ＠運營 @小艾', tag: 'promo', urgent: false, mentions: ['ai'], roles: ['operations'] })
  expect(readLine('#product', tags, people, roles).tag).toBe('product')
  expect(readLine('這是 #別的 a#product', tags, people, roles)).toEqual({ text: '這是 #別的 a#product', tag: '', urgent: false, mentions: [], roles: [] })
  expect(readLine('#急 #promo change 快 @運營小美', tags, [...people, { id: 'mei', name: '運營小美' }], roles)).toEqual({ text: '快 @運營小美', tag: 'promo', urgent: true, mentions: ['mei'], roles: [] })
  expect(readLine('#productx', tags, people, roles).tag).toBe('')
})

it('says how far a message is by the furthest it got', () => {
  const look = { arrived_at: 5, seen_at: 0 }
  expect(levelOf(row({ stage: 'open' }))).toEqual({ level: 'sent', people: [] })
  expect(levelOf(row({ stage: 'open', looks: { a: look } }))).toEqual({ level: 'arrived', people: ['a'] })
  expect(levelOf(row({ stage: 'open', looks: { a: look, b: { arrived_at: 5, seen_at: 6 } } }))).toEqual({ level: 'seen', people: ['b'] })
  expect(levelOf(row({ stage: 'taken', stage_by: 'b', looks: { a: look } }))).toEqual({ level: 'taken', people: ['b'] })
  expect(['sent', 'arrived', 'done'].map((level) => barOf(level as 'sent'))).toEqual(['▱▱▱▱', '▰▱▱▱', '▰▰▰▰'])
})

it('counts down to the next one only while nobody took it', () => {
  const reached = [{ kind: 'does' as const, roles: [], people: ['a'], until: 10_000 }]
  expect(nextIn(row({ stage: 'open', reached }), 7_500)).toBe(3)
  expect(nextIn(row({ stage: 'open', reached }), 12_000)).toBe(0)
  expect(nextIn(row({ stage: 'taken', reached }), 7_500)).toBeNull()
  expect(nextIn(row({ stage: 'open', reached: [{ ...reached[0]!, until: 0 }] }), 7_500)).toBeNull()
})

it('asks those it reached or named, urgent ones first, and keeps what one took', () => {
  const reached = [{ kind: 'does' as const, roles: [], people: ['me'], until: 1 }]
  const rows = [
    row({ message_id: 'late', stage: 'open', stage_at: 9, reached }), row({ message_id: 'early', stage: 'open', stage_at: 2, mentions: ['me'] }),
    row({ message_id: 'mine', stage: 'taken', stage_by: 'me', reached }), row({ message_id: 'urgent', stage: 'open', stage_at: 12, urgent: true, reached }),
    row({ message_id: 'others', stage: 'open', reached: [{ ...reached[0]!, people: ['you'] }] }), row({ message_id: 'plain', seq: 5, mentions: ['me'] }), row({ message_id: 'read', seq: 2, mentions: ['me'] }), row({ message_id: 'role', seq: 6, roles: ['care'] }),
  ]
  const on = { me: 'me', roles: ['care'], read: () => 4, endedAt: null }
  expect(forMe(rows, on).map((one) => one.message_id)).toEqual(['urgent', 'early', 'late', 'mine', 'plain', 'role'])
  expect(forMe(rows, { ...on, endedAt: 5 })).toEqual([])
  expect(forMe([row({ stage: 'open', at: 6, reached })], { ...on, endedAt: 5 })).toHaveLength(1)
  expect(asks(rows[2]!, 'me')).toBe(false)
})

it('lists a room in the order of the log, and counts what others said since one read', () => {
  const rows = [row({ message_id: 'b', seq: 7 }), row({ message_id: 'a', seq: 3, by: 'me' }), row({ message_id: 'c', seq: 9, stage: 'withdrawn' }), row({ message_id: 'd', seq: 2, channel_id: 'before' })]
  expect(inRoom(rows, 'on_air').map((one) => one.message_id)).toEqual(['a', 'b', 'c'])
  expect([unread(rows, 'on_air', 0, 'me'), unread(rows, 'on_air', 7, 'me')]).toEqual([1, 0])
})

it('finds products by their code as a word, or by name', () => {
  const card = (product_id: string, name: string): ProductCard => ({ product_id, name }) as ProductCard
  const cards = [card('A1', '護手霜'), card('A10', '圍巾'), card('B', '杯')]
  expect(productsIn('a1 貼錯', cards).map((one) => one.product_id)).toEqual(['A1'])
  expect(productsIn('圍巾沒貨，A10', cards).map((one) => one.product_id)).toEqual(['A10'])
  expect(productsIn('杯子 ABC', cards)).toEqual([])
})

describe('the other shows', () => {
  const show = (id: string, more: object): ListedShowRow => ({ show_id: id, title: id, state: 'planned', starts_at: 0, ends_at: 0, timezone: 'Asia/Taipei', rehearsal: false, simulated: false, ...more })
  const now = 100 * 86_400_000

  it('are those on air, then what begins or should have begun within a day, but never the one on the glass', () => {
    const shows = [show('later', { starts_at: now + 7_200_000 }), show('soon', { starts_at: now - 60_000 }), show('far', { starts_at: now + 90_000_000 }), show('forgotten', { starts_at: 0 }), show('air', { state: 'live' }), show('here', { state: 'live' })]
    expect(elsewhere(shows, 'show/here', now).map((one) => one.show_id)).toEqual(['air', 'soon', 'later'])
    expect(elsewhere(shows, null, now)).toHaveLength(4)
    const many = Array.from({ length: 40 }, (_, no) => show(`air${no}`, { state: 'live', starts_at: now - no, rehearsal: no < 5 }))
    expect(elsewhere(many, null, now).map((one) => one.show_id)).toEqual(Array.from({ length: ELSEWHERE_MAX }, (_, no) => `air${no + 5}`))
  })
})
