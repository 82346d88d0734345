import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, expect, it } from 'vitest'
import { defineComponent, shallowRef } from 'vue'
import { Refused } from '@/api'
import { channel, connection } from '@/live'
import { i18n, setLanguage } from '@/words'
import type { Change } from './edits'
import { useCellEdits, type CellEdits } from './useCellEdits'
import { useDrafts, type Drafts } from './useDrafts'

interface Card { name: string; stock: number }
const STREAM = 'show/s1'
const conflict = (theirs: string): Refused => new Refused('product.edit_conflict', 409, { product_id: 'a', field: 'name', yours: '', theirs }, '')

function sheet(send: (changes: Change[]) => Promise<unknown>): { cells: CellEdits<Card>; drafts: Drafts; log: (card: Card) => void } {
  const rows = shallowRef<Record<string, Card>>({ a: { name: '杯', stock: 5 } })
  let made: { cells: CellEdits<Card>; drafts: Drafts } | null = null
  const Screen = defineComponent({
    setup() {
      const cells = useCellEdits<Card>({
        stream: () => STREAM, me: () => 'me', drafts: 'test', prefix: 'product:', logged: (id) => rows.value[id], version: rows,
        send: (_row, changes) => send(changes), fieldOf: (column) => column.toLowerCase(),
        changesOf: (seen, column, to) => [{ field: column.toLowerCase(), was: seen[column.toLowerCase() as keyof Card], to }],
      })
      const drafts = useDrafts({ edits: cells.edits, fieldOf: (column) => column.toLowerCase(), text: String, read: (text) => (text === '' ? { wrong: 'empty' } : { value: text }) })
      made = { cells, drafts }
      return () => null
    },
  })
  mount(Screen, { global: { plugins: [i18n] } })
  if (made === null) throw new Error('not mounted')
  return { ...(made as { cells: CellEdits<Card>; drafts: Drafts }), log: (card) => { rows.value = { a: card } } }
}

beforeEach(async () => {
  localStorage.clear()
  await setLanguage('zh-Hant')
  connection.state = 'live'
})

it('one’s own edit lies over the log’s row until the log has it', async () => {
  const { cells, drafts, log } = sheet(() => new Promise(() => {}))
  cells.change('a', 'NAME', '壺')
  expect(cells.row('a')).toEqual({ name: '壺', stock: 5 })
  expect(drafts.markedBy('a', 'NAME')).toEqual({ mark: 'sending', note: '送出中' })
  log({ name: '杯', stock: 4 })
  expect(cells.row('a')).toEqual({ name: '壺', stock: 4 })
  expect(drafts.markedBy('a', 'STOCK')).toEqual({ mark: undefined })
})

it('a change is said against what the editor saw when editing began', async () => {
  const said: Change[][] = []
  const { cells, log } = sheet(async (changes) => said.push(changes))
  cells.editing({ row: 'a', column: 'NAME' })
  log({ name: '碗', stock: 5 })
  cells.change('a', 'NAME', '壺')
  cells.editing(null)
  cells.change('a', 'STOCK', 3)
  await flushPromises()
  expect(said).toEqual([[{ field: 'name', was: '杯', to: '壺' }], [{ field: 'stock', was: 5, to: 3 }]])
})

it('others are seen in the cells of this sheet alone', () => {
  const { cells } = sheet(async () => null)
  const person = (person_id: string, editing: string | null) => ({ person_id, name: person_id, role: 'planner', editing, since: 0 })
  channel.people(STREAM).value = [person('me', 'product:a/name'), person('lin', 'product:a/name'), person('mei', 'a/name'), person('yu', null)]
  expect([...cells.others.value]).toEqual([['a/name', ['lin']]])
})

it('a conflict shows both values and is settled by one of them, or put off', async () => {
  const said: Change[][] = []
  const { cells, drafts } = sheet((changes) => { said.push(changes); return said.length === 1 ? Promise.reject(conflict('碗')) : Promise.resolve() })
  cells.change('a', 'NAME', '壺')
  await flushPromises()
  expect([drafts.theirs.value, drafts.mine.value]).toEqual(['碗', '壺'])
  drafts.later()
  expect(drafts.conflict.value).toBeUndefined()
  drafts.inspect('a', 'NAME')
  drafts.merged('')
  expect(drafts.conflict.value).toBeDefined()
  drafts.merged('碗和壺')
  await flushPromises()
  expect(said[1]).toEqual([{ field: 'name', was: '碗', to: '碗和壺' }])
})

it('a refused edit waits to be looked at', async () => {
  const { cells, drafts } = sheet(() => Promise.reject(new Refused('product.bad_value', 422, { product_id: 'a', field: 'name', why: '' }, '不能是這個值')))
  cells.change('a', 'NAME', '壺')
  await flushPromises()
  expect(drafts.markedBy('a', 'NAME')).toEqual({ mark: 'refused', note: '不能是這個值' })
  drafts.inspectFirst()
  expect(drafts.inspected.value?.row).toBe('a')
})
