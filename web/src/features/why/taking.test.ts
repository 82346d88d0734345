import { expect, test } from 'vitest'
import type { TakingRow } from '@/api'
import { standing } from './taking'

const row = (taking_id: string, more: Partial<TakingRow>): [string, TakingRow] => [
  taking_id,
  { taking_id, duty: 'rundown.run', person_id: 'ai', role_id: 'assistant', reason: '急', at: 0, until: 600, ended_at: null, ended: '', ended_by: '', answers: [], on_duty: [], events: 0, seqs: [], ...more },
]

test('what stands is neither ended nor over, oldest first', () => {
  const rows = new Map([row('new', { at: 5 }), row('old', { at: 1 }), row('over', { until: 100 }), row('back', { ended_at: 50, ended: 'given_back' })])
  expect(standing(rows, 100).map((one) => one.taking_id)).toEqual(['old', 'new'])
})
