import { expect, test } from 'vitest'
import type { Task, TaskRow } from '@/api'
import { board, lines, stops } from './lay'
import { blank } from './tasks'

const HOUR = 3_600_000
const AIR = Date.UTC(2026, 10, 28, 12) // 20:00 in Taipei
const ZONE = 'Asia/Taipei'

function row(taskId: string, hours: number, more: Partial<TaskRow> = {}, task: Partial<Task> = {}): TaskRow {
  return {
    task_id: taskId, due_at: AIR + hours * HOUR, state: 'open', by: '', at: 0, taken_by: '', ticked: [], waits_for: [], why: '', whom: '', on_person_id: '', evidence: '', files: [], held: null,
    ...more, task: { ...blank('assistant'), title: taskId, ...task },
  }
}

test('what is blocked or overdue stands in the first lane, what is done is never late', () => {
  const rows = [row('late', -3), row('blocked', 9, { state: 'blocked' }), row('done', -9, { state: 'done' }), row('doing', 1, { state: 'doing' }), row('open', 2), row('slipped', -2, { state: 'doing' })]
  const told = board(rows, AIR - HOUR).map(({ lane, rows: here }) => [lane, here.map((each) => each.task_id)])
  expect(told).toEqual([['stuck', ['blocked', 'late', 'slipped']], ['open', ['open']], ['doing', ['doing']], ['done', ['done']]])
})

test('far from air tasks are due by the day of the show’s zone, close to it by the minute; air has its own stop', () => {
  const rows = [row('a', -100), row('b', -101), row('c', -2), row('d', -1.99), row('e', 40)]
  const told = stops(rows, AIR, AIR - 24 * HOUR, ZONE)
  expect(told.map((stop) => [stop.by, stop.air, stop.passed])).toEqual([['day', false, true], ['minute', false, false], ['minute', true, false], ['day', false, false]])
  expect(stops([row('x', -20.5), row('y', -19.5)], AIR, AIR, 'UTC')).toHaveLength(2) // of one day there
  expect(stops([row('x', -20.5), row('y', -19.5)], AIR, AIR, ZONE)).toHaveLength(3) // midnight lies between them
})

test('each task stands once, in the line of its role and at its stop; a role that is gone keeps its line', () => {
  const rows = [row('a', -100), row('b', -2, {}, { role_id: 'tech' }), row('c', -2), row('d', 0, {}, { role_id: 'left' })]
  const at = stops(rows, AIR, AIR - HOUR, ZONE)
  const told = lines(rows, ['host', 'tech', 'assistant'], at, AIR, ZONE)
  expect(told.map((line) => [line.roleId, line.cells.map((cell) => cell.map((each) => each.task_id).join())])).toEqual([
    ['tech', ['', 'b', '']],
    ['assistant', ['a', 'c', '']],
    ['left', ['', '', 'd']],
  ])
})
