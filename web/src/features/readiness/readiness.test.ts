import { describe, expect, it } from 'vitest'
import type { ReadinessRow, RosterConflict } from '@/api'
import { advisedOf, lacksOf, lackText, missingSince, nameOf, namesOf, requiredOf, type Say } from './readiness'

const subject = (more: object): ReadinessRow['subjects'][number] => ({ cue_id: '', product_id: '', place: 0, name: '', column: '', text: '', count: 0, ...more })
const row = (code: string, weight: 'act' | 'watch', subjects: ReadinessRow['subjects'] = [], count = Math.max(1, subjects.length)): ReadinessRow => ({ code, weight, count, subjects, by_ms: 0 })
const missing = { kind: 'role_missing', role_id: 'host', duties: ['explain.products'] } as unknown as RosterConflict
const t: Say = (key, values) => `${key} ${Object.values(values ?? {}).join(' ')}`.trim()
const roleName = (role: string): string => ({ host: '主播' })[role] ?? role

describe('what is missing', () => {
  it('says what is required first, with what the house lacks beside it', () => {
    const lacks = lacksOf([row('no_goal', 'watch'), row('no_cues', 'act')], 0, [missing, { ...missing, kind: 'rest' }, { ...missing, kind: 'role_lost' }], roleName)
    expect(lacks.map((lack) => [lack.code, lack.weight])).toEqual([['no_cues', 'act'], ['no_goal', 'watch'], ['role_uncovered', 'watch'], ['no_words', 'watch']])
    expect(lacks[2]?.subjects.map((one) => one.name)).toEqual(['主播'])
    expect([requiredOf(lacks), advisedOf(lacks)]).toEqual([1, 3])
  })
  it('does not say what it does not know', () => {
    expect(lacksOf([], undefined, [], roleName)).toEqual([])
    expect(lacksOf([], 3, [{ ...missing, kind: 'role_lost' }], roleName).map((lack) => [lack.code, lack.count])).toEqual([['role_uncovered', 1]])
    expect(lacksOf([], 3, [], roleName)).toEqual([])
  })
  it('names cues with what they wrote, products by code, sources by what they tell of', () => {
    expect(nameOf(subject({ cue_id: 'c', place: 2, name: '手沖壺', text: 'T99' }), 'cue_code_unknown', t)).toBe('readiness.named readiness.cue 2 手沖壺 T99')
    expect(nameOf(subject({ product_id: 'A01', name: '手沖壺', count: 2 }), 'doubt_without_answer', t)).toBe('readiness.named A01 手沖壺 2')
    expect(nameOf(subject({ text: 'orders' }), 'source_silent', t)).toBe('readiness.told.orders')
  })
  it('counts those that are not named', () => {
    const [lack] = lacksOf([row('product_without_price', 'act', [subject({ product_id: 'A' }), subject({ product_id: 'B' })], 300)], 1, [], roleName)
    expect(namesOf(lack!, 1, t)).toEqual({ names: 'A', more: 299 })
    expect(lackText(lack!, t)).toBe('readiness.kind.product_without_price 300 0:00')
  })
})

it('names what is missing since it was said, also over what was missing then', () => {
  const lacks = lacksOf([row('tasks_open', 'act', [], 3), row('no_cues', 'act'), row('no_goal', 'watch')], 1, [], roleName)
  expect([missingSince(lacks, []), missingSince(lacks, [{ code: 'tasks_open', count: 1 }]), missingSince(lacks, [{ code: 'tasks_open', count: 5 }, { code: 'no_cues', count: 1 }])]).toEqual([4, 3, 0])
})
