import { expect, test } from 'vitest'
import type { CueRow } from '@/api'
import { language } from '@/words'
import type { CueLine } from './rundown'
import { firstNames, lastedMs, standing, standingText, unaired } from './standing'

const show = (state: 'planned' | 'live' | 'ended') => ({ state, aired_at: state === 'planned' ? null : 1_000, ended_at: state === 'ended' ? 61_000 : null })
const air = (cue_id: string | null, cue_count: number) => ({ cue_id, cue_count })

test('an empty rundown is said before and on air, and a show that is over is only over', () => {
  const said = (['planned', 'live', 'ended'] as const).map((state) => [standing(show(state), air(null, 0)), standing(show(state), air(null, 3)), standing(show(state), undefined)])
  expect(said).toEqual([['empty', 'planned', 'planned'], ['empty', 'waits', 'waits'], ['over', 'over', 'over']])
  expect(standing(show('live'), air('c1', 3))).toBe('runs')
})

test('over, it says how long it was on air; while a cue runs nothing stands in its place', () => {
  const t = (key: string, data?: Record<string, unknown>): string => `${key} ${String(data?.['span'] ?? '')}`.trim()
  expect(standingText(show('ended'), air(null, 3), t)).toMatch(/^rundown\.lasted 1/)
  expect([standingText(show('live'), air('c1', 3), t), standingText(show('planned'), air(null, 0), t)]).toEqual(['', 'rundown.stands.empty'])
  expect([lastedMs(show('live')), lastedMs(undefined), lastedMs(show('ended'))]).toEqual([null, null, 60_000])
})

test('what was never on air: not what ran, not what was skipped on purpose', () => {
  const line = (title: string, row: Partial<CueRow>): CueLine => ({ cueId: title, place: 0, timing: undefined, mark: 'planned', row: { cue: { title }, went_at: null, skipped: false, status: 'planned', ...row } as CueRow })
  const lines = [line('a', { went_at: 1, status: 'done' }), line('b', {}), line('c', { skipped: true, status: 'skipped' }), line('d', {})]
  expect(unaired(lines).map((one) => one.cueId)).toEqual(['b', 'd'])
  const said = (['zh-Hant', 'en'] as const).map((spoken) => {
    language.value = spoken
    return [firstNames(['a', 'b', 'c']), firstNames(['a', 'b', 'c', 'd'])]
  })
  expect(said).toEqual([['a、b、c', 'a、b、c…'], ['a, b, c', 'a, b, c…']])
})
