import { expect, it } from 'vitest'
import type { BuyerRow, OrderRow } from '@/api'
import { byOrder, ordersOf, withOrders } from './buyers'
import { findBuyers } from './claims'

const order = (order_id: string, buyer: string, created_at: number) => ({ order_id, platform: 'fb', buyer, created_at }) as OrderRow
const row = (name: string, last_at: number): BuyerRow => ({ name, blocked: false, last_at, entries: [] })
const orders = [order('o3', 'b3', 30), order('o4', 'ann', 50), order('o5', 'ann', 40), order('o6', '', 60)]

it('knows a buyer who ordered and never claimed, and keeps the name of who did both', () => {
  const all = withOrders(new Map([['fb/ann', row('安安', 10)]]), orders)
  expect(findBuyers(all, 'b3').map((one) => one.buyer)).toEqual(['fb/b3'])
  expect(findBuyers(all, '').map((one) => [one.buyer, one.row.name, one.row.last_at])).toEqual([['fb/ann', '安安', 50], ['fb/b3', '', 30]])
})

it('finds a buyer by the number of an order', () => {
  expect([...byOrder(orders, 'O3')]).toEqual(['fb/b3'])
  expect(byOrder(orders, ' ').size).toBe(0)
  expect(ordersOf(orders).get('fb/ann')).toBe(2)
})
