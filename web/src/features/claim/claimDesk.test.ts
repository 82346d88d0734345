import { beforeAll, expect, it, vi } from 'vitest'
import { flushPromises, mount } from '@vue/test-utils'
import type { ClaimNumbersRow, StockRow } from '@/api'
import { channel } from '@/live'
import { i18n, setLanguage } from '@/words'
import ClaimDesk from './ClaimDesk.vue'

const row = (id: string, name: string): StockRow =>
  ({ product_id: id, variant: '', name, keywords: [id], stock: 15, left: 7, held: 0, ordered: 0, claimed: 0, waits: 0, oversold: 2, pace: 0, paced_at: 0, empty_at: null, open: true, sold_out: false, buyers: 0 }) as unknown as StockRow
beforeAll(async () => {
  await setLanguage('zh-Hant')
  channel.acquire('show/s', 'claim.stock').rows.value = new Map([['A/', row('A', '襯衫')], ['B/', row('B', '面霜')]])
  channel.acquire('show/s', 'claim.numbers').rows.value = new Map([['all', { waits: 5 } as ClaimNumbersRow]])
})
const desk = () => mount(ClaimDesk, { props: { stream: 'show/s', names: new Map(), zone: 'Asia/Taipei', onAir: null }, global: { plugins: [i18n] }, attachTo: document.body })

it('who got too much of a product is brought into sight, with the focus', async () => {
  const seen: string[] = []
  Element.prototype.scrollIntoView = vi.fn(function (this: Element) { seen.push(this.getAttribute('aria-label') ?? '') })
  const page = desk()
  await page.findAll('button.over')[1]!.trigger('click')
  await flushPromises()
  expect((document.activeElement as HTMLElement).dataset['product']).toBe('B')
  expect(seen).toEqual(['面霜 超賣 2', '面霜 · 超出庫存的人，先處理的在前'])
})

it('the tab of who waits counts what the line above it counts: units', () => {
  expect(desk().findAll('[role="tab"]')[1]!.text()).toContain('5 件')
})
