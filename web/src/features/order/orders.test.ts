import { expect, it } from 'vitest'
import type { OrderRow } from '@/api'
import { newestFirst } from './orders'

it('lists the newest first, and of one instant those that came later', () => {
  const order = (seq: number, created_at: number): [string, OrderRow] => [
    `shop/p${seq}`,
    { order_id: `p${seq}`, platform: 'shop', buyer: '', lines: [], amount_minor: 1, currency: 'TWD', state: 'created', created_at, changed_at: created_at, refunded_minor: 0, seq, people: '' },
  ]
  const rows = [order(2, 50), order(1, 50), order(3, 50), order(9, 10)]
  expect(newestFirst(rows).map(([key]) => key)).toEqual(['shop/p3', 'shop/p2', 'shop/p1', 'shop/p9'])
})
