import { expect, it } from 'vitest'
import type { DrawRow } from '@/api/rows'
import { drawsOf, prizesOf } from './draws'

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
