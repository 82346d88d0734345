import { expect, it } from 'vitest'
import type { CharterDutyRow, CharterFindingRow } from '@/api'
import { bands, change, effectsInOrder, given, pressed, undone, type Cell } from './charter'

function row(duty_id: string, cells: Record<string, Cell>, over: Partial<CharterDutyRow['duty']> = {}): CharterDutyRow {
  const duty = { duty_id, title: '', phases: ['on_air' as const], grants: [], reads: [], evidence: [], proof: '', skill: '', split: '', within_s: 0, ahead_s: 0, contested: false, emergency: false, cells, ...over }
  return { place: 0, duty, changed: [], written: false }
}

const finding = (duty: string): CharterFindingRow => ({ place: 0, kind: 'gap', stops: true, duties: [duty], roles: [], people: [], cells: [], phase: null, number: 0, fix: [] })

it('R and A join and part, the others stand alone', () => {
  expect([pressed(undefined, 'R'), pressed('R', 'R'), pressed('R', 'A'), pressed('A', 'R'), pressed('RA', 'R'), pressed('RA', 'A'), pressed('I', 'R')]).toEqual(['R', null, 'RA', 'RA', 'A', 'R', 'R'])
  expect([pressed('RA', 'C'), pressed('C', 'C'), pressed('X', 'I'), pressed(undefined, 'X')]).toEqual(['C', null, 'I', 'X'])
})

it('a lead sees the rows that call for it, and how many are hidden', () => {
  const rows = [row('a', {}), row('b', {}, { contested: true }), row('c', {}, { phases: ['before'] }), { ...row('d', {}), changed: ['host'] }, row('e', {}, { phases: ['before', 'on_air', 'after'] })]
  const shown = bands(rows, [finding('a')], false).map((band) => [band.phase, band.rows.map((each) => `${each.row.duty.duty_id} ${each.why}`), band.all])
  expect(shown).toEqual([['before', [], 1], ['on_air', ['a finding', 'b contested', 'd changed'], 4], ['after', [], 0]])
  expect(bands(rows, [], true).map((band) => band.rows.length)).toEqual([1, 4, 0])
})

it('a duty is given to one role: who did it is told, who answered goes on', () => {
  const shared = row('a', { assistant: 'R', director: 'A', host: 'I' })
  expect(given(shared, 'host')).toEqual([change(shared, 'assistant', 'I'), change(shared, 'host', 'R')])
  expect(given(shared, 'director')).toEqual([change(shared, 'assistant', 'I'), change(shared, 'director', 'RA')])
  expect(given(shared, 'assistant')).toEqual([])
  const alone = row('b', { director: 'RA' })
  expect(given(alone, 'host')).toEqual([change(alone, 'director', 'A'), change(alone, 'host', 'R')])
})

it('what was done is taken back in turn', () => {
  const changes = [change(row('a', { host: 'I' }), 'host', 'R'), change(row('b', {}), 'host', 'X')]
  expect(undone(changes)).toEqual([
    { duty_id: 'b', role_id: 'host', was: 'X', cell: null },
    { duty_id: 'a', role_id: 'host', was: 'R', cell: 'I' },
  ])
})

it('what buttons change is told of roles with people first, and a line keeps its place', () => {
  const roles = [['tech', []], ['host', ['qing']], ['care', ['pei']]].map(([role_id, people], place) => ({ place, role: { role_id, name: '', consoles: [], stands_in: [] }, people })) as unknown as Parameters<typeof effectsInOrder>[1]
  const effect = (role: string, duty: string, gained = true): Parameters<typeof effectsInOrder>[0][number] => ({ role, duty, gained, phases: ['on_air'] })
  const all = [effect('tech', 'a'), effect('care', 'b'), effect('gone', 'a'), effect('host', 'z'), effect('host', 'a', false), effect('host', 'b')]
  const told = (some: typeof all): string[] => effectsInOrder(some, roles).map((one) => `${one.role} ${one.duty}`)
  expect(told(all)).toEqual(['host b', 'host z', 'host a', 'care b', 'tech a', 'gone a'])
  expect(told([...all].reverse())).toEqual(told(all))
})
