import { expect, test } from 'vitest'
import type { CommentRow, OpenQuestionRow } from '@/api/rows'
import { commentTarget, cut, following, inOrder, merged, sift, stepped } from './comments'

const asked = (text: string, product_id = 'T01', answer = ''): OpenQuestionRow => ({ at: 1_000, name: '小魚', text, product_id, answer })
const said = (text: string, kind: CommentRow['kind'] = 'other', name = '小魚'): CommentRow => ({
  at: 1_000, viewer: 'v1', name, text, source: 'simulated', kind, product_id: '', state: 'open',
})

test('comments stand in the order of the log, not of their keys as text', () => {
  const rows = new Map([['10:0', said('c')], ['9:12', said('b')], ['9:2', said('a')]])
  expect(inOrder(rows).map((line) => line.row.text)).toEqual(['a', 'b', 'c'])
})

test('a filter and a search both have to fit; names are searched too', () => {
  const lines = [['1:0', said('有現貨嗎', 'question')], ['1:1', said('+1', 'order', 'Momo')], ['1:2', said('還沒收到', 'aftersales')]].map(
    ([ref, row]) => ({ ref, row }) as { ref: string; row: CommentRow },
  )
  expect(sift(lines, 'all', '')).toBe(lines)
  expect(sift(lines, 'question', '').map((line) => line.ref)).toEqual(['1:0'])
  expect(sift(lines, 'all', ' momo ').map((line) => line.ref)).toEqual(['1:1'])
  expect(sift(lines, 'question', 'momo')).toEqual([])
})

test('one question asked three ways is one line, the first asker leads; another product is another question', () => {
  const rows = new Map([['2:1', asked('有香味嗎?')], ['1:0', asked('有香味嗎')], ['3:0', asked('有香味嗎', 'T02')], ['2:5', asked('有香味嗎？？ ')]])
  expect(merged(rows, new Set()).map((one) => one.refs)).toEqual([['1:0', '2:1', '2:5'], ['3:0']])
})

test('what was just taken away is gone before the server says so', () => {
  const rows = new Map([['1:0', asked('有香味嗎')], ['2:1', asked('有香味嗎')], ['3:0', asked('能退貨嗎')]])
  expect(merged(rows, new Set(['1:0', '2:1'])).map((one) => one.ref)).toEqual(['3:0'])
})

test('signs alone are still told apart', () => {
  expect(merged(new Map([['1:0', asked('???')], ['1:1', asked('!!!')]]), new Set())).toHaveLength(2)
})

test('a step stops at both ends and begins at the near one', () => {
  expect(stepped(['a', 'b'], 'b', 1)).toBe('b')
  expect(stepped(['a', 'b'], 'a', -1)).toBe('a')
  expect(stepped(['a', 'b'], null, 1)).toBe('a')
  expect(stepped(['a', 'b'], 'gone', -1)).toBe('b')
  expect(stepped([], null, 1)).toBeNull()
})

test('after the one in hand comes the one that took its place, or the last', () => {
  const list = merged(new Map([['1:0', asked('a')], ['2:0', asked('b')]]), new Set())
  expect(following(list, 0)).toBe('1:0')
  expect(following(list, 5)).toBe('2:0')
  expect(following([], 0)).toBeNull()
})

test('a comment that is an open question brings the answer of the sheet', () => {
  expect(commentTarget('1:0', said('有香味嗎', 'question'), asked('有香味嗎', 'T01', '淡淡茶香')).suggestion).toBe('淡淡茶香')
  expect(commentTarget('1:0', said('讚'), undefined)).toMatchObject({ suggestion: '', productId: '' })
})

test('long texts are cut by characters, not by halves of them', () => {
  expect(cut('🍵🍵🍵', 3)).toBe('🍵🍵🍵')
  expect(cut('🍵🍵🍵🍵', 3)).toBe('🍵🍵…')
})
