import { expect, it } from 'vitest'
import { landing } from './consoles'

it('a show opens where one works', () => {
  expect([landing('live', ['assistant']), landing('live', ['host']), landing('live', ['care']), landing('live', ['operations'])]).toEqual(['assistant', 'host', 'care', 'operations'])
  expect([landing('live', ['owner']), landing('planned', ['director']), landing('planned', ['assistant']), landing('ended', ['operations'])]).toEqual(['director', 'planner', 'assistant', 'report'])
})
