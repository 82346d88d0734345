import { describe, expect, it } from 'vitest'
import { language } from '@/words'
import { lookTold, newestFirst, toldOf } from './erasing'

const row = { state: 'done' as const, shows: 3, comments: 5, copies: 2, waits: [] as string[], waits_why: '' as const }

describe('how far an erasure came', () => {
  it('is done only when nothing waits', () => {
    expect(toldOf(row)).toEqual({ key: 'done', named: { shows: 3, waits: 0 } })
    expect(toldOf({ ...row, state: 'waiting', waits: ['tonight'] })).toEqual({ key: 'waiting', named: { shows: 3, waits: 1 } })
  })
  it('says that nothing was found, and not that it was erased', () => {
    expect(toldOf({ ...row, shows: 0, comments: 0, copies: 0 }).key).toBe('nothing')
    expect(toldOf({ ...row, state: 'working', shows: 0, comments: 0, copies: 0 }).key).toBe('working')
  })
  it('says that the file waits, and that one failed', () => {
    expect(toldOf({ ...row, state: 'waiting', waits: ['night'], waits_why: 'file' }).key).toBe('file')
    expect(toldOf({ ...row, state: 'failed', comments: 0, copies: 0 }).key).toBe('failed')
  })
  it('lists the newest first', () => {
    expect(newestFirst([{ at: 1 }, { at: 3 }, { at: 2 }]).map((one) => one.at)).toEqual([3, 2, 1])
  })
})

describe('what would be erased', () => {
  const found = { platform_known: true, viewer_known: true, platforms: ['fb', 'ig'], alike: [], alike_more: 0, names: ['小熊'], comments: 3, copies: 1, shows: 2, on_air: ['tonight'] }
  it('is counted before anybody presses', () => {
    language.value = 'zh-Hant'
    const told = lookTold(found, 'fb', 'u-1')
    expect([told.key, told.named]).toEqual(['known', { platform: 'fb', viewer: 'u-1', platforms: 'fb、ig', names: '小熊', comments: '3', copies: '1', shows: '2', onAir: '1' }])
    expect(lookTold({ ...found, comments: 0, copies: 0 }, 'fb', 'u-1').key).toBe('empty')
  })
  it('is nothing where the platform or the viewer is unknown', () => {
    expect(lookTold({ ...found, platform_known: false, viewer_known: false }, 'FB', 'u-1').key).toBe('no_platform')
    expect(lookTold({ ...found, viewer_known: false }, 'fb', 'u-2').key).toBe('no_viewer')
    expect(lookTold({ ...found, viewer_known: false }, 'fb', '').key).toBe('who')
    expect(lookTold({ ...found, platforms: [], platform_known: false }, 'fb', 'u-1').key).toBe('no_house')
    expect(lookTold(null, 'fb', 'u-1').key).toBe('looking')
  })
})
