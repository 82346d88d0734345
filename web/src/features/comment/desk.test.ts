import { describe, expect, it } from 'vitest'
import type { CommentRow } from '@/api/rows'
import { cut, heir, inOrder, late, matches, merged, step } from './desk'

const row = (text: string, kind: CommentRow['kind'] = 'other'): CommentRow => ({ at: 0, viewer: 'v', name: '小鹿', text, source: 's', kind, product_id: '', state: 'open' })

describe('comment desk', () => {
  it('keeps the order of the log, by number and not by letters', () => {
    const rows = new Map([['10:2', row('c')], ['9:11', row('b')], ['9:2', row('a')]])
    expect(inOrder(rows).map((one) => one.text)).toEqual(['a', 'b', 'c'])
  })
  it('filters by kind and words, full width and case alike', () => {
    expect(matches(row('ＳＰＦ多少', 'question'), 'question', 'spf')).toBe(true)
    expect(matches(row('hello'), 'question', '')).toBe(false)
    expect(matches(row('hello'), 'all', '小鹿')).toBe(true)
    expect(matches(row('hello'), 'all', '貓')).toBe(false)
  })
  it('calls a question late after a minute, not before', () => {
    const question = { at: 1000, name: '', text: '', product_id: '', answer: '' }
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
  const asked = (text: string, product_id = 'T01') => ({ at: 0, name: '小鹿', text, product_id, answer: '' })
  const rows = new Map([['2:1', asked('有香味嗎?')], ['1:0', asked('有香味嗎')], ['3:0', asked('有香味嗎', 'T02')], ['10:0', asked('有香味嗎？？ ')]])
  const nobody = new Set<string>()

  it('are one line however often asked; who asked first leads; another product is another question', () => {
    expect(merged(rows, [], nobody).map((one) => one.refs)).toEqual([['1:0', '2:1', '10:0'], ['3:0']])
  })
  it('keep their place while one of them waits, and new ones come below', () => {
    const before = merged(new Map([['3:0', asked('能退貨嗎')]]), [], nobody).map((one) => one.key)
    const after = merged(new Map([['1:0', asked('有香味嗎')], ['9:0', asked('能退貨嗎')]]), before, nobody)
    expect(after.map((one) => one.ref)).toEqual(['9:0', '1:0'])
  })
  it('are gone here as soon as they are dealt with', () => {
    expect(merged(rows, [], new Set(['1:0', '2:1', '10:0'])).map((one) => one.ref)).toEqual(['3:0'])
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
  it('of signs alone are still told apart', () => {
    expect(merged(new Map([['1:0', asked('???')], ['1:1', asked('!!!')]]), [], nobody)).toHaveLength(2)
  })
})
