import { describe, expect, it } from 'vitest'
import type { CommentRow, OpenQuestionRow, ProductCard, QuestionTallyRow, TallyRow } from '@/api'
import { answerNow, commentsOf, cut, EVERYTHING, heir, inOrder, kindOfDigit, late, mostAsked, nextOf, openOf, queryOf, step, tallyOf, urgentFirst, urgentOf, waiting, type Question } from './desk'

const row = (text: string, kind: CommentRow['kind'] = 'other'): CommentRow => ({ at: 0, viewer: 'v', name: '小鹿', text, source: 's', kind, product_id: '', state: 'open', corrected: false, held: '' })

describe('a correction', () => {
  it('is one digit', () => {
    expect(['1', '3', '5', '6', '7', '0', 'a', '12'].map(kindOfDigit)).toEqual(['question', 'aftersales', 'spam', 'other', undefined, undefined, undefined, undefined])
  })
  it('of the answer goes round', () => {
    expect([nextOf(0, 3), nextOf(2, 3), nextOf(0, 1), nextOf(0, 0)]).toEqual([1, 0, 0, 0])
  })
})

describe('comment desk', () => {
  it('keeps the order of the log, by number and not by letters', () => {
    const rows = new Map([['10:2', row('c')], ['9:11', row('b')], ['9:2', row('a')]])
    expect(inOrder(rows).map((one) => one.text)).toEqual(['a', 'b', 'c'])
  })
  it('asks the server only for what narrows', () => {
    expect(queryOf(EVERYTHING)).toBe('')
    expect(queryOf({ ...EVERYTHING, kind: 'question', words: ' 敏感 ', viewer: 'v&1' })).toBe('kind=question&text=%E6%95%8F%E6%84%9F&viewer=v%261')
  })
  it('keeps the line of counters apart from the comments', () => {
    const rows = new Map<string, CommentRow | TallyRow>([['tally', { count: 9, since_at: 0, matched: 9, sampled: 1 }], ['1:0', row('a')]])
    expect(commentsOf(rows).map((one) => one.text)).toEqual(['a'])
    expect(tallyOf(rows)?.count).toBe(9)
  })
  it('calls a question late after a minute, not before', () => {
    const question = { at: 1000 }
    expect(late(question, 61_000)).toBe(false)
    expect(late(question, 61_001)).toBe(true)
  })
  it('stops at both ends', () => {
    expect(step(['a', 'b'], 'b', 1)).toBe('b')
    expect(step(['a', 'b'], 'a', -1)).toBe('a')
    expect(step(['a', 'b'], null, 1)).toBe('a')
    expect(step([], null, 1)).toBeNull()
  })
})

describe('open questions', () => {
  const asked = (text: string): OpenQuestionRow => ({ at: 0, last_at: 0, name: '小鹿', text, product_id: 'T01', answer: '', count: 1, askers: ['小鹿'], source: 's', state: 'open', suggestions: [], asks: '', named: true })
  const rows = new Map<string, OpenQuestionRow | QuestionTallyRow>([['10:0', asked('c')], ['tally', { open: 2, asked: 3, unlisted: 0 }], ['2:1', asked('b')], ['2:0', asked('a')]])

  it('stand in the order they were first asked', () => {
    expect(waiting(rows, new Set()).map((one) => one.ref)).toEqual(['2:0', '2:1', '10:0'])
  })
  it('may stand in the order of how many ask', () => {
    const often = new Map([...rows, ['10:0', { ...asked('c'), count: 7 }] as const])
    expect(mostAsked(waiting(often, new Set())).map((one) => one.ref)).toEqual(['10:0', '2:0', '2:1'])
  })
  it('are gone here as soon as they are dealt with', () => {
    expect(waiting(rows, new Set(['2:0', '10:0'])).map((one) => one.ref)).toEqual(['2:1'])
  })
  it('hand the choice to the one that takes the place of the chosen, or to the last', () => {
    expect(heir(['a', 'b', 'c'], ['a', 'c'], 'b')).toBe('c')
    expect(heir(['a', 'b'], ['a'], 'b')).toBe('a')
    expect(heir(['a', 'b'], ['a', 'b', 'c'], 'a')).toBe('a')
    expect(heir(['a'], [], 'a')).toBeNull()
  })
  it('are cut by characters, not by halves of them', () => {
    expect(cut('🍵🍵🍵', 3)).toBe('🍵🍵🍵')
    expect(cut('🍵🍵🍵🍵', 3)).toBe('🍵🍵…')
  })
})

describe('what is red', () => {
  it('is three of those that waited too long, what most ask first: never all of them', () => {
    const one = (ref: string, at: number, count: number): Question => ({ ref, at, count }) as Question
    const questions = [one('1:0', 0, 1), one('2:0', 1, 9), one('3:0', 2, 1), one('4:0', 3, 4), one('9:0', 99_000, 50)]
    const first = urgentOf(questions, 100_000, new Set())
    expect([...first]).toEqual(['2:0', '4:0', '1:0'])
    expect(urgentOf(questions, 60_000, new Set()).size).toBe(0)
    expect(urgentFirst(questions, first).map((each) => each.ref)).toEqual(['2:0', '4:0', '1:0', '3:0', '9:0'])
    const rest = [...questions.filter((each) => each.ref !== '4:0'), one('5:0', 4, 99)]
    expect([...urgentOf(rest, 100_000, first)]).toEqual(['2:0', '1:0', '5:0'])
  })
})

describe('price and stock', () => {
  const card = { price_minor: 15_900, currency: 'TWD', coupon_price_minor: null, gift: '', sold_out: false, stock_left: 7, unsaid: [] as ProductCard['unsaid'] } as ProductCard
  const say = (key: string, named?: Record<string, unknown>): string => `${key} ${Object.values(named ?? {}).join()}`
  const asked = (asks: Question['asks'], more: Partial<ProductCard> = {}): string | undefined => answerNow({ asks, product_id: 'A1', text: '?', named: true }, { ...card, ...more }, say)?.answer
  it('are answered by the card of now', () => {
    expect(asked('price')).toBe('comment.card.price NT$159')
    expect(asked('price', { coupon_price_minor: 14_900, gift: '小樣' })).toBe('comment.card.price NT$159comment.card.and promo.coupon.after NT$149comment.card.and comment.card.gift 小樣')
    expect([asked('stock'), asked('stock', { sold_out: true }), asked('stock', { stock_left: null }), asked('price', { price_minor: null }), asked('')]).toEqual(['comment.card.stock 7', 'comment.card.sold_out ', undefined, undefined, undefined])
    expect(asked('price', { sold_out: true, gift: '小樣' })).toBe('comment.card.price NT$159comment.card.and comment.card.sold_out ')
    expect(answerNow({ asks: 'price', product_id: 'gone', text: '?', named: true }, undefined, say)).toBeNull()
  })
  it('name nothing that is being taken back', () => {
    expect(asked('price', { unsaid: ['price'] })).toBe('comment.card.price_unsaid ')
    expect(asked('price', { coupon_price_minor: null, gift: '小樣', unsaid: ['gift', 'coupon'] })).toBe('comment.card.price NT$159')
  })
  it('of the product on air say which it is, to who named none', () => {
    const said = answerNow({ asks: 'price', product_id: 'A1', text: '這個多少？', named: false }, { ...card, name: '面霜' }, say)
    expect([said?.answer, said?.source]).toEqual(['comment.card.of 面霜,comment.card.price NT$159', 'sheet'])
  })
  it('of nothing on air ask which is meant', () => {
    const said = answerNow({ asks: 'price', product_id: '', text: '這個多少？', named: false }, undefined, say)
    expect([said?.answer, said?.source]).toEqual(['comment.card.which ', 'none_on_air'])
  })
})

it('a question that the host has is none of those that wait here', () => {
  const rows = new Map<string, OpenQuestionRow | QuestionTallyRow>([['tally', { open: 3, asked: 5, unlisted: 0 }], ['1:0', {} as OpenQuestionRow]])
  expect(openOf(rows)).toEqual({ here: 1, atHost: 2 })
  expect(openOf(new Map([['tally', { open: 1, asked: 1, unlisted: 0 }]]))).toEqual({ here: 0, atHost: 1 })
  expect(openOf(new Map())).toEqual({ here: 0, atHost: 0 })
})
