import { describe, expect, it } from 'vitest'
import type { DrawRow } from '@/api'
import { drawsOf, onAir, prizesOf, takers, TOLD_MS } from './draws'

it('reads prizes as people write them', () => {
  expect(prizesOf('晨光禮盒 1\n小樣 x3\n\n折價券×２０份')).toEqual([{ name: '晨光禮盒', count: 1 }, { name: '小樣', count: 3 }, { name: '折價券', count: 20 }])
  expect(prizesOf('神祕禮')).toEqual([{ name: '神祕禮', count: 1 }])
  expect(prizesOf('禮盒 0')).toBeNull()
  expect(prizesOf('  \n')).toBeNull()
})

it('puts what waits for somebody first', () => {
  const row = (stage: string, opens_at: number | null) => ({ stage, opens_at }) as DrawRow
  const rows = new Map([['a', row('drawn', 1)], ['b', row('open', 2)], ['c', row('drawn', 3)], ['d', row('closed', 1)]])
  expect(drawsOf(rows).map((one) => one.drawId)).toEqual(['b', 'd', 'c', 'a'])
})

describe('on the host\'s screen', () => {
  const row = (stage: string, drawn_at: number | null = null) => ({ stage, drawn_at, opens_at: 1 }) as DrawRow
  const shown = (rows: [string, DrawRow][], now = 1_000, cueSince = 0) => onAir(new Map(rows), now, cueSince)?.drawId

  it('stands the draw that takes comments, before one that waits and before winners', () => {
    expect(shown([['won', row('drawn', 900)], ['waits', row('closed')], ['open', row('open')]])).toBe('open')
    expect(shown([['won', row('drawn', 900)], ['waits', row('closed')]])).toBe('waits')
    expect(shown([['soon', row('prepared')], ['gone', row('cancelled')]])).toBeUndefined()
  })

  it('stand the newest winners until the next cue, two minutes at most', () => {
    expect(shown([['a', row('drawn', 800)], ['b', row('drawn', 900)]])).toBe('b')
    expect(shown([['a', row('drawn', 800)]], 800 + TOLD_MS - 1)).toBe('a')
    expect(shown([['a', row('drawn', 800)]], 800 + TOLD_MS)).toBeUndefined()
    expect(shown([['a', row('drawn', 800)]], 1_000, 801)).toBeUndefined()
  })

  it('stands who took a prize, not who let it go', () => {
    const winner = (rank: number, prize: string, name: string, key = `fb/v${rank}`) => ({ rank, prize, name, key })
    const draw = { prizes: [{ name: '禮盒', count: 1 }, { name: '小樣', count: 2 }, { name: '券', count: 1 }], dropped: { 0: '不在場' },
      winners: [winner(0, '禮盒', 'Amy'), winner(1, '小樣', 'Bob'), winner(2, '小樣', ''), winner(3, '禮盒', 'Cat')] } as unknown as DrawRow
    expect(takers(draw)).toEqual([{ prize: '禮盒', names: ['Cat'] }, { prize: '小樣', names: ['Bob', 'v2'] }])
  })
})
