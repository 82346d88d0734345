import { expect, it } from 'vitest'
import type { LetterRow } from '@/api'
import { byMessage, isBad, shapeOf } from './carried'

const letter = (letter_id: string, more: Partial<LetterRow> = {}): LetterRow => ({ letter_id, bridge_id: 'b', message_id: 'm', urgent: false, state: 'sent', at: 0, state_at: 0, until: 0, tries: 1, code: '', instead: '', acknowledged_by: '', ...more })

it('tells of each bridge what became of the newest letter of a message', () => {
  const found = byMessage([letter('new', { at: 5 }), letter('old', { at: 1 }), letter('other', { bridge_id: 'c' }), letter('far', { message_id: 'n' })])
  expect(found.get('m')?.map((one) => one.letter_id)).toEqual(['new', 'other'])
  expect(found.get('n')?.map((one) => one.letter_id)).toEqual(['far'])
})

it('shows by shape what is there, what waits, what nobody knows, and what is not there', () => {
  const shapes = (['confirmed', 'sent', 'begun', 'limited', 'unknown', 'elsewhere', 'failed', 'unreached', 'late'] as const).map((state) => shapeOf(letter('a', { state })))
  expect(shapes).toEqual(['✓✓', '✓', '…', '❚❚', '○', '－', '✕', '✕', '✕'])
  expect([isBad(letter('a')), isBad(letter('a', { state: 'unknown' })), isBad(letter('a', { state: 'failed' }))]).toEqual([false, false, true])
})
