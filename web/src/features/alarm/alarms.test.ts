import { describe, expect, it } from 'vitest'
import type { AlarmRow, MoveEffectRow } from '@/api'
import { ratioText, sortedAlarms, splitMetric, thresholdOf, valueText } from './alarms'

const alarm = (id: string, state: AlarmRow['state']): AlarmRow => ({
  rule: { alarm_id: id, metric: 'uv', window: 'last_10', side: 'below', against: 'prev_10', threshold: 0.7, hold_s: 60, cool_s: 60, move: 'ads' },
  state, value: 1, limit: 2, compared: 3, since: null, raised_at: null, raise_id: '', sample_seq: 1,
})

describe('alarms', () => {
  it('puts what is raised first', () => {
    const rows = [alarm('a', 'armed'), alarm('b', 'raised'), alarm('c', 'holding')]
    expect(sortedAlarms(rows).map((row) => row.rule.alarm_id)).toEqual(['b', 'c', 'a'])
  })
  it('takes a limit as people type it', () => {
    expect(thresholdOf('70', 'prev_10', 'minor', 'TWD')).toBe(0.7)
    expect(thresholdOf('5', 'value', 'ratio', 'TWD')).toBe(0.05)
    expect(thresholdOf('1,200', 'value', 'minor', 'TWD')).toBe(120000)
    expect(thresholdOf('1,200', 'value', 'minor', 'JPY')).toBe(1200)
    expect(thresholdOf('180', 'value', 'seconds', 'TWD')).toBe(180)
    expect(thresholdOf('x', 'value', 'count', 'TWD')).toBeNull()
  })
  it('writes figures in their unit and parts the name of what is compared', () => {
    expect(valueText(0.05, 'ratio', 'TWD')).toBe('5.0%')
    expect(valueText(95, 'seconds', 'TWD')).toBe('1:35')
    expect(splitMetric('uv.median_7')).toEqual({ name: 'uv', against: 'median_7' })
  })
  it('shows an effect with its interval, and nothing while nobody can say', () => {
    const effect = { ratio: 1.42, low: 0.95, high: 2.1 } as MoveEffectRow
    expect(ratioText(effect)).toBe('×1.42（×0.95 – ×2.10）')
    expect(ratioText({ ...effect, ratio: null })).toBe('')
  })
})
