import { describe, expect, it } from 'vitest'
import type { CommentRow } from '@/api/rows'
import { inOrder, late, matches, step } from './desk'

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
