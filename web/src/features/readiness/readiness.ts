/** What is missing before air, in words: the server says what, the house adds what no show knows of. Pure. */
import type { Missing, ReadinessRow, RosterConflict, Subject } from '@/api'
import { formatSpan } from '@/ui'

export type Say = (key: string, values?: Record<string, string | number>) => string

/** One kind of thing that is missing: what, where, and how often. */
export interface Lack {
  code: string
  weight: 'act' | 'watch'
  count: number
  subjects: readonly Subject[]
  byMs: number
}

const NOBODY: Subject = { cue_id: '', product_id: '', place: 0, name: '', column: '', text: '', count: 0 }

/** Required before advised; within them as the server lists them. `words`: lines of the list of words; undefined while nobody knows. */
export function lacksOf(rows: Iterable<ReadinessRow>, words: number | undefined, conflicts: readonly RosterConflict[], roleName: (role: string) => string): Lack[] {
  const shows = [...rows].map((row): Lack => ({ code: row.code, weight: row.weight, count: row.count, subjects: row.subjects, byMs: row.by_ms }))
  const uncovered = conflicts.filter((one) => one.kind === 'role_missing' || one.kind === 'role_lost')
  const roles = [...new Map(uncovered.map((one) => [one.role_id, one] as const).reverse()).values()].map((one): Subject => ({ ...NOBODY, name: roleName(one.role_id), count: one.duties.length })).reverse()
  const house: Lack[] = [
    ...(roles.length > 0 ? [{ code: 'role_uncovered', weight: 'watch' as const, count: roles.length, subjects: roles, byMs: 0 }] : []),
    ...(words === 0 ? [{ code: 'no_words', weight: 'watch' as const, count: 1, subjects: [], byMs: 0 }] : []),
  ]
  return [...shows, ...house].sort((a, b) => Number(b.weight === 'act') - Number(a.weight === 'act'))
}

/** 「環節 2 手沖壺（T99）」, 「A01 潔面乳」. */
export function nameOf(subject: Subject, code: string, t: Say): string {
  if (code === 'source_silent') return t(`readiness.told.${subject.text}`)
  const name = subject.cue_id === '' ? `${subject.product_id} ${subject.name}`.trim() : t('readiness.cue', { place: subject.place, title: subject.name })
  const more = subject.text !== '' ? subject.text : code === 'doubt_without_answer' && subject.count > 1 ? String(subject.count) : ''
  return more === '' ? name : t('readiness.named', { name, more })
}

/** The sentence of a kind: what is missing, without where. */
export const lackText = (lack: Lack, t: Say): string => t(`readiness.kind.${lack.code}`, { count: lack.count, by: formatSpan(lack.byMs) })

/** The names in a row, the first of them; `more` is how many are left unsaid. */
export function namesOf(lack: Lack, most: number, t: Say): { names: string; more: number } {
  const said = lack.subjects.slice(0, most)
  return { names: said.map((one) => nameOf(one, lack.code, t)).join(t('readiness.and')), more: said.length === 0 ? 0 : lack.count - said.length }
}

export const requiredOf = (lacks: readonly Lack[]): number => lacks.filter((lack) => lack.weight === 'act').reduce((sum, lack) => sum + lack.count, 0)
/** What is missing now and was not when it was said: of each kind, how many more. */
export const missingSince = (lacks: readonly Lack[], then: readonly Missing[]): number =>
  lacks.filter((lack) => lack.weight === 'act').reduce((sum, lack) => sum + Math.max(0, lack.count - (then.find((one) => one.code === lack.code)?.count ?? 0)), 0)
export const advisedOf = (lacks: readonly Lack[]): number => lacks.filter((lack) => lack.weight === 'watch').reduce((sum, lack) => sum + lack.count, 0)
