import { beforeEach, expect, it, vi } from 'vitest'
import { bareAt, CONSOLES, landing, loadConsole, mayOpen, WALL } from './consoles'

const { session } = vi.hoisted(() => ({ session: { me: null as unknown } }))
vi.mock('@/api', () => ({ ITEM_WORDS: {}, session }))

/** As the server tells it of the house's own table. */
const OPENS = {
  owner: ['director', 'host', 'assistant', 'operations', 'care', 'planner', 'report'],
  director: ['director', 'planner', 'host', 'assistant', 'operations', 'care', 'report'],
  host: ['host'],
  assistant: ['assistant', 'host'],
  operations: ['operations', 'report', 'planner'],
  care: ['care', 'assistant'],
  monitor: ['host'],
}
beforeEach(() => {
  session.me = { consoles: OPENS }
})

it('a show opens where one works', () => {
  expect([landing('live', ['assistant']), landing('live', ['host']), landing('live', ['care']), landing('live', ['operations'])]).toEqual(['assistant', 'host', 'care', 'operations'])
  expect([landing('live', ['owner']), landing('planned', ['director']), landing('planned', ['assistant']), landing('ended', ['operations'])]).toEqual(['director', 'planner', 'assistant', 'report'])
})

it('the wall is for whoever may come in, and no bar leads there', () => {
  expect([mayOpen('monitor', ['monitor']), mayOpen('monitor', ['host']), mayOpen('monitor', []), mayOpen('host', ['monitor']), mayOpen('director', ['monitor'])]).toEqual([true, true, false, true, false])
  expect(landing('live', ['monitor'])).toBe('host')
})

it('what fills the glass is known before its code is here', async () => {
  for (const name of [...CONSOLES, WALL]) expect((await loadConsole(name)?.())?.bare === true, name).toBe(bareAt(name))
}, 60_000)
