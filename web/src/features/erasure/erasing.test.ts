import { describe, expect, it } from 'vitest'
import { newestFirst, toldOf } from './erasing'

const row = { state: 'done' as const, shows: 3, comments: 5, copies: 2, waits: [] as string[] }

describe('how far an erasure came', () => {
  it('is done only when nothing waits', () => {
    expect(toldOf(row)).toEqual({ key: 'done', named: { shows: 3, waits: 0 } })
    expect(toldOf({ ...row, state: 'waiting', waits: ['tonight'] })).toEqual({ key: 'waiting', named: { shows: 3, waits: 1 } })
  })
  it('says that nothing was found, and not that it was erased', () => {
    expect(toldOf({ ...row, shows: 0, comments: 0, copies: 0 }).key).toBe('nothing')
    expect(toldOf({ ...row, state: 'working', shows: 0, comments: 0, copies: 0 }).key).toBe('working')
  })
  it('lists the newest first', () => {
    expect(newestFirst([{ at: 1 }, { at: 3 }, { at: 2 }]).map((one) => one.at)).toEqual([3, 2, 1])
  })
})
