import { expect, it } from 'vitest'
import type { CancelRow, OrderRow } from '@/api'
import { language } from '@/words'
import { mayAsk } from './cancels'
import { linesOf, newestFirst, paidOtherwise } from './orders'

it('lists the newest first, and of one instant those that came later', () => {
  const order = (seq: number, created_at: number): [string, OrderRow] => [
    `shop/p${seq}`,
    { order_id: `p${seq}`, platform: 'shop', buyer: '', lines: [], amount_minor: 1, currency: 'TWD', state: 'created', created_at, changed_at: created_at, paid_minor: null, refunded_minor: 0, seq, people: '', gone: false, unconfirmed: false },
  ]
  const rows = [order(2, 50), order(1, 50), order(3, 50), order(9, 10)]
  expect(newestFirst(rows).map(([key]) => key)).toEqual(['shop/p3', 'shop/p2', 'shop/p1', 'shop/p9'])
})

it('names goods and their number, and leaves out what is money alone', () => {
  const line = (product_id: string, quantity: number, variant = ''): OrderRow['lines'][number] => ({ product_id, quantity, variant, price_minor: 1, currency: '' })
  language.value = 'zh-Hant'
  expect(linesOf({ lines: [line('P1', 2), line('', 0), line('P2', 1, 'S')] }, new Map([['P1', '小熊']]))).toBe('小熊 ×2、P2 S ×1')
})

it('asks to cancel what is not gone and waits for nobody yet', () => {
  const waits = { stage: 'waiting' } as CancelRow
  expect([mayAsk({ gone: false }, undefined), mayAsk({ gone: false }, { ...waits, stage: 'refused' }), mayAsk({ gone: true }, undefined), mayAsk({ gone: false }, waits)]).toEqual([true, true, false, false])
})

it('says what was paid where that is another amount', () => {
  const told = [{ amount_minor: 200, paid_minor: 100 }, { amount_minor: 200, paid_minor: 200 }, { amount_minor: 200, paid_minor: null }, { amount_minor: 0, paid_minor: 0 }]
  expect(told.map(paidOtherwise)).toEqual([true, false, false, false])
})
