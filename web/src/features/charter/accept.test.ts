import { expect, it } from 'vitest'
import type { CharterDuty } from '@/api'
import { acceptedOf, type Accepted } from './accept'

const duty: CharterDuty = { duty_id: 'own.a', title: '貼公告', phases: ['on_air'], grants: [], reads: [], evidence: [], proof: '', skill: '', split: '', within_s: 0, ahead_s: 0, contested: true, emergency: false, cells: { director: 'A', own_1: 'R' } }
const found: Accepted = {
  roles: [{ role: { role_id: 'own_1', name: '場控', consoles: [], stands_in: [] }, was: null }],
  duties: [{ row: duty, was: null }],
  cells: [{ duty_id: 'take.orders', role_id: 'own_1', was: null, cell: 'C' }, { duty_id: 'take.orders', role_id: 'host', was: 'I', cell: null }],
}

it('takes all that was not left', () => {
  expect(acceptedOf(found, new Set())).toEqual(found)
  expect(acceptedOf(found, new Set(['duty/own.a', 'cell/take.orders/host']))).toEqual({ ...found, duties: [], cells: [found.cells[0]] })
})

it('leaves the cells of a new role with the role', () => {
  const taken = acceptedOf(found, new Set(['role/own_1']))
  expect(taken.roles).toEqual([])
  expect(taken.duties[0]?.row.cells).toEqual({ director: 'A' })
  expect(taken.cells).toEqual([found.cells[1]])
})
