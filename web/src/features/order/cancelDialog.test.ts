import { afterEach, expect, it, vi } from 'vitest'
import { flushPromises, mount } from '@vue/test-utils'
import type { OrderRow } from '@/api'
import { i18n, setLanguage } from '@/words'
import CancelDialog from './CancelDialog.vue'
import { sumOf } from './cancels'

await setLanguage('zh-Hant')
const ORDER = {
  order_id: 'o1', platform: 'sim', buyer: 'ann', currency: 'TWD', state: 'paid', amount_minor: 720_000, paid_minor: 720_000, refunded_minor: 0, people: '',
  lines: [{ product_id: 'P', quantity: 10, price_minor: 60_000, variant: 'M' }, { product_id: 'Q', quantity: 2, price_minor: 60_000, variant: '' }],
} as unknown as OrderRow
afterEach(() => vi.unstubAllGlobals())

async function opened(answer: () => Response): Promise<string> {
  vi.stubGlobal('fetch', vi.fn(() => Promise.resolve(answer())))
  const orders = [{ platform: 'sim', order_id: 'o1', who: 'Ann', paid: true, beyond: '襯衫 M ×5' }]
  const page = mount(CancelDialog, { props: { stream: 'show/s', orders, products: new Map([['P', '襯衫'], ['Q', '帽子']]), open: false }, global: { plugins: [i18n] }, attachTo: document.body })
  await page.setProps({ open: true })
  await flushPromises()
  const words = document.querySelector('#cancel-orders')?.textContent?.replace(/\s+/g, ' ') ?? ''
  page.unmount()
  return words
}
const json = (body: unknown, status = 200): Response => new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })

it('shows all of an order that is cancelled, and what of it is too much', async () => {
  const words = await opened(() => json({ rows: { 'sim/o1': ORDER }, found: 1, total: 9 }))
  expect(words).toContain('襯衫 M ×10、帽子 ×2 · 整筆 12 件 · NT$7,200')
  expect(words).toContain('其中超出庫存：襯衫 M ×5')
  expect(words).toContain('一共取消 12 件 · NT$7,200')
})

it('says that it does not know the whole where nobody tells it', async () => {
  const words = await opened(() => json({ error: { code: 'core.forbidden', data: {}, message: '' } }, 403))
  expect(words).toContain('會取消的是整筆')
  expect(words).not.toContain('一共取消')
})

it('adds nothing up while one is not known', () => {
  expect(sumOf([ORDER, ORDER])).toEqual({ units: 24, amountMinor: 1_440_000, currency: 'TWD' })
  expect(sumOf([ORDER, undefined])).toBeNull()
  expect(sumOf([ORDER, { ...ORDER, currency: 'USD' }])).toBeNull()
})
