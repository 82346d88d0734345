import { expect, test } from 'vitest'
import type { Task, TaskRow } from '@/api'
import { fitted } from './photo'
import { atOnce, bandOf, blank, byDue, inOrder, linesOf, offsetOf, offsetS, openLines, roundly, slipOf, spanOf, theirs, toDoNow } from './tasks'

const NOON = Date.UTC(2026, 10, 28, 4) // 12:00 in Taipei
const HOUR = 3_600_000
const ZONE = 'Asia/Taipei'

function row(more: Partial<TaskRow> = {}, task: Partial<Task> = {}): TaskRow {
  return {
    task_id: 't', due_at: NOON, state: 'open', by: '', at: 0, taken_by: '', ticked: [], waits_for: [], why: '', whom: '', on_person_id: '', evidence: '', files: [], held: null,
    ...more, task: { ...blank('assistant'), title: '拍照', ...task },
  }
}

test('what is stuck or overdue comes first, then today in the show’s zone, then the rest', () => {
  expect(bandOf(row({ due_at: NOON - 1 }), NOON, ZONE)).toBe('stuck')
  expect(bandOf(row({ due_at: NOON + 99 * HOUR, state: 'blocked' }), NOON, ZONE)).toBe('stuck')
  expect(bandOf(row({ due_at: NOON + 11 * HOUR }), NOON, ZONE)).toBe('today')
  expect(bandOf(row({ due_at: NOON + 12 * HOUR }), NOON, ZONE)).toBe('later')
  expect(bandOf(row({ due_at: NOON + 12 * HOUR }), NOON, 'UTC')).toBe('today')
})

test('a blocked one stands before those that are only late', () => {
  const rows = [row({ task_id: 'late', due_at: 1 }), row({ task_id: 'blocked', due_at: 9, state: 'blocked' }), row({ task_id: 'next', due_at: 5 })]
  expect(inOrder(rows).map((each) => each.task_id)).toEqual(['blocked', 'late', 'next'])
  expect(byDue(rows).map((each) => each.task_id)).toEqual(['late', 'next', 'blocked'])
})

test.each([[-1_209_600, 14, 'day', false], [-21_600, 6, 'hour', false], [-100_800, 28, 'hour', false], [-1800, 30, 'minute', false], [86_400, 1, 'day', true], [0, 0, 'minute', false]] as const)(
  '%d s is %d %s', (seconds, amount, unit, after) => {
    expect(offsetOf(seconds)).toEqual({ amount, unit, after })
    expect(offsetS({ amount, unit, after })).toBe(seconds)
  },
)

test('what is due at no round time is read in hours or days', () => {
  expect([-38_520, -7200, -5400, 38_520, -1_209_600].map((seconds) => roundly(seconds))).toEqual([
    { amount: 10, unit: 'hour', after: false },
    { amount: 2, unit: 'hour', after: false },
    { amount: 90, unit: 'minute', after: false },
    { amount: 10, unit: 'hour', after: true },
    { amount: 14, unit: 'day', after: false },
  ])
})

test('how late is told in the largest unit, cut', () => {
  expect(spanOf(26 * HOUR)).toEqual({ amount: 1, unit: 'day' })
  expect(spanOf(-4.5 * HOUR)).toEqual({ amount: 4, unit: 'hour' })
  expect(spanOf(20_000)).toEqual({ amount: 0, unit: 'minute' })
})

test('a line that is typed again keeps its id, also by its word in the template', () => {
  const before = [{ line_id: 'front', text: 'shipped.front' }, { line_id: 'l1', text: '背面' }]
  const called = (title: string): string => (title === 'shipped.front' ? '正面' : title)
  expect(linesOf('背面\n\n 燈箱 \n正面\n燈箱', before, called)).toEqual([
    { line_id: 'l1', text: '背面' }, { line_id: 'l2', text: '燈箱' }, { line_id: 'front', text: 'shipped.front' }, { line_id: 'l3', text: '燈箱' },
  ])
})

test('what was planned late is to be done now once its time has come and nothing is waited for', () => {
  const told = (more: Partial<TaskRow>, hurried = true): boolean => toDoNow(row(more, { hurried }), NOON)
  expect(told({ due_at: NOON + 10 * 60_000 })).toBe(true)
  expect(told({ due_at: NOON + 11 * 60_000 })).toBe(false)
  expect(told({ due_at: NOON, waits_for: ['first'] })).toBe(false)
  expect([told({ state: 'done' }), told({ state: 'blocked' }), told({}, false)]).toEqual([false, false, false])
})

test('the lines that are not ticked are what stands between a task and being done', () => {
  const checklist = [{ line_id: 'a', text: '正面' }, { line_id: 'b', text: '背面' }]
  expect(openLines(row({ ticked: ['a'] }, { checklist })).map((line) => line.text)).toEqual(['背面'])
})

test('one press is enough where nothing more is asked for', () => {
  expect(atOnce(row())).toBe(true)
  expect(atOnce(row({}, { proof: 'note' }))).toBe(false)
  expect(atOnce(row({}, { checklist: [{ line_id: 'a', text: 'a' }] }))).toBe(false)
  expect(atOnce(row({ waits_for: ['x'] }))).toBe(false)
})

test('a task is of its role, of who is named, and of who took it', () => {
  expect([theirs(row(), 'ai', ['assistant']), theirs(row(), 'ai', ['owner']), theirs(row({}, { person_id: 'ai' }), 'ai', []), theirs(row({ taken_by: 'ai' }), 'ai', [])]).toEqual([true, false, true, true])
})

test('what waits for a late task is as late as that one, and says whose it is; its own due stays', () => {
  const held = { task_id: 'first', title: '拍照', role_id: 'assistant', person_id: 'ai', due_at: 1_000_000 }
  expect(slipOf(row({ due_at: 9_000_000, held }), 1_000_000 + 2 * 86_400_000)).toEqual({ ms: 2 * 86_400_000, by: held })
  expect(slipOf(row({ held }), 1_000_000)).toBeNull()
  expect(slipOf(row({ held, state: 'done' }), 9_000_000)).toBeNull()
  expect(slipOf(row(), 9_000_000)).toBeNull()
})

test('a photo is made no larger, and keeps its shape', () => {
  expect([fitted(4000, 3000), fitted(640, 480), fitted(9000, 1)]).toEqual([{ width: 2000, height: 1500 }, { width: 640, height: 480 }, { width: 2000, height: 1 }])
})
