import { expect, it } from 'vitest'
import { body, summary, type EventRecord } from './eventWords'

const event = (fact: Record<string, unknown>): EventRecord => ({ stream: 'show/s', seq: 1, at: 0, actor: { id: 'lin', role: 'director', duty: '' }, mode: 'live', cause: null, key: null, digest: null, fact }) as unknown as EventRecord
const t = (key: string, data: Record<string, unknown>): string => `${key} ${JSON.stringify(data)}`
const nameOf = (kind: string, id: string): string => (id === 'gone' ? '' : `${kind}:${id.toUpperCase()}`)

it('names things as people do, and leaves ids, codes and packed data in the body', () => {
  expect(summary(event({ type: 'rundown.cue_went', cue_id: 'c4', pass_id: 'p-8f', via: 'go', from_cue_id: 'gone' }), t, nameOf)).toBe('cue:C4')
  expect(summary(event({ type: 'promo.approved', promo_id: 'x1', product_id: 'a', kind: 'price', price_minor: 19_900, currency: 'TWD' }), t, nameOf)).toBe('promo:X1 · product:A · NT$199')
  expect(summary(event({ type: 'order.created', order_id: 'o-1', platform: 'fb', lines: [{ product_id: 'a', quantity: 2, price_minor: 100, variant: '' }] }), t, nameOf)).toBe('fb · product:A ×2 NT$1')
  expect(summary(event({ type: 'audience.batch', source: 'fb', count: 3, columns: 'AAAA' }), t, nameOf)).toBe('fb · shell.events_items {"n":3}')
  expect(summary(event({ type: 'comment.answered', comment_ref: '7:1', answer: '不會' }), t, nameOf)).toBe('不會')
})

it('shows packed data by its size', () => {
  const told = body(event({ type: 'audience.batch', columns: 'A'.repeat(400) }), t)
  expect(told).toContain('shell.events_packed')
  expect(told).not.toContain('AAAA')
})
