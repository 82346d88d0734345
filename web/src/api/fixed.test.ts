import { expect, it } from 'vitest'
import { fixedStarts } from './fixed'

it('names the times that are fixed, and no others', () => {
  expect(fixedStarts([{ cue_id: 'a', start_at: null }, { cue_id: 'b', start_at: 0 }, { cue_id: 'c', start_at: 5 }])).toEqual({ b: 0, c: 5 })
})
