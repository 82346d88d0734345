import { expect, test, vi } from 'vitest'
import { flushPromises, mount } from '@vue/test-utils'
import type { StockRow } from '@/api'
import { i18n } from '@/words'
import ClaimSettings from './ClaimSettings.vue'

const row = (id: string, stock: number): StockRow =>
  ({ product_id: id, variant: '', name: id, keywords: [id], stock, left: stock, held: 0, ordered: 0, claimed: 0, waits: 0, oversold: 0 }) as unknown as StockRow
const shelf = (...rows: StockRow[]): ReadonlyMap<string, StockRow> => new Map(rows.map((one) => [`${one.product_id}/`, one]))

test('what one did not touch is not said over what somebody else has changed meanwhile', async () => {
  const said: string[] = []
  vi.stubGlobal('fetch', vi.fn((url: string, init: RequestInit) => {
    said.push(`${url.split('/').pop()} ${String(init.body)}`)
    return Promise.resolve(new Response('{"stream":"show/s","seq":1,"events":[1]}', { headers: { 'content-type': 'application/json' } }))
  }))
  const screen = mount(ClaimSettings, { props: { stream: 'show/s', desk: undefined, stock: shelf(row('S01', 5), row('S03', 5)), open: false }, global: { plugins: [i18n] }, attachTo: document.body })
  await screen.setProps({ open: true })
  await flushPromises()
  await screen.setProps({ stock: shelf(row('S01', 5), row('S03', 9)) })
  const units = [...document.querySelectorAll<HTMLInputElement>('tbody input[type="number"]')]
  expect(units.map((input) => input.value)).toEqual(['5', '5'])
  units[0]!.value = '7'
  units[0]!.dispatchEvent(new Event('input'))
  document.querySelector<HTMLFormElement>('#claim-settings')!.dispatchEvent(new Event('submit', { cancelable: true }))
  await flushPromises()
  expect(said.filter((one) => one.startsWith('claim.set_stock'))).toEqual(['claim.set_stock {"product_id":"S01","variant":"","stock":7,"was":5}'])
  expect(said.some((one) => one.startsWith('claim.set_keywords'))).toBe(false)
})
