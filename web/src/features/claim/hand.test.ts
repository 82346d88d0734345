import { beforeEach, expect, test, vi } from 'vitest'
import { flushPromises, mount } from '@vue/test-utils'
import type { StockRow } from '@/api'
import { toasts } from '@/ui/toasts'
import { i18n } from '@/words'
import ClaimDialog from './ClaimDialog.vue'
import type { Origin } from './entering'

const from = (buyer: string, productId: string, asked: number): Origin => ({ buyer: `fb/${buyer}`, name: buyer, text: `${productId}+${String(asked)}`, ref: '1:0', productId, asked })
const row = (id: string): StockRow => ({ product_id: id, variant: '', name: id, keywords: [id], stock: 9, left: 9, held: 0, ordered: 0, claimed: 0, waits: 0, oversold: 0 }) as unknown as StockRow
const sent: string[] = []
let answers: (() => void)[] = []

beforeEach(() => {
  sent.splice(0)
  answers = []
  toasts.splice(0)
  document.body.replaceChildren()
  vi.stubGlobal('fetch', vi.fn((_: string, init: RequestInit) => {
    const { buyer, product_id: product, quantity } = JSON.parse(String(init.body)) as { buyer: string; product_id: string; quantity: number }
    sent.push(`${buyer} ${product} ×${String(quantity)}`)
    return new Promise<Response>((done) => answers.push(() => { done(new Response('{"stream":"show/s","seq":1,"events":[1]}', { headers: { 'content-type': 'application/json' } })) }))
  }))
})
async function answered(): Promise<void> {
  answers.shift()?.()
  await flushPromises()
  await new Promise((turn) => setTimeout(turn))
}
const enter = (): void => { document.querySelector<HTMLFormElement>('#claim-by-hand')!.dispatchEvent(new Event('submit', { cancelable: true })) }
const shelf = new Map([['A/', row('A')], ['B/', row('B')]])

test('closed while it runs it stops after the one under way and says so; what is opened next sends nothing by itself', async () => {
  const [first, ...others] = [from('ann', 'A', 5), from('bob', 'A', 1), from('cat', 'A', 2)]
  const screen = mount(ClaimDialog, { props: { stream: 'show/s', stock: shelf, buyers: new Map(), origin: first!, others, open: false }, global: { plugins: [i18n] }, attachTo: document.body })
  await screen.setProps({ open: true })
  await flushPromises()
  enter()
  await answered()
  expect(sent).toEqual(['fb/ann A ×5', 'fb/bob A ×1'])
  await screen.setProps({ open: false })
  await screen.setProps({ origin: from('dan', 'B', 2), others: [from('eve', 'B', 2)], open: true })
  await answered()
  await answered()
  expect(sent).toEqual(['fb/ann A ×5', 'fb/bob A ×1'])
  expect(toasts.map((toast) => toast.text)).toEqual([i18n.global.t('claim.hand.stopped', { done: '2', left: '1' })])
  expect(screen.emitted('update:open') ?? []).toEqual([])
  enter()
  await answered()
  expect(sent.slice(2)).toEqual(['fb/dan B ×2', 'fb/eve B ×2'])
  screen.unmount()
  await answered()
  expect(sent.length).toBe(4)
})

test.each([
  ['amy', '1'],
  ['fb/amy', '-3'],
  ['fb/amy', '1.5'],
  ['fb/amy', '1000'],
])('what cannot be meant is not sent: %s ×%s', async (buyer, quantity) => {
  const screen = mount(ClaimDialog, { props: { stream: 'show/s', stock: shelf, buyers: new Map(), origin: null, open: false }, global: { plugins: [i18n] }, attachTo: document.body })
  await screen.setProps({ open: true })
  await flushPromises()
  const [name, units] = [document.querySelector<HTMLInputElement>('#claim-by-hand input[list]'), document.querySelector<HTMLInputElement>('#claim-by-hand input[type=number]')]
  for (const [field, value] of [[name, buyer], [units, quantity]] as const) {
    field!.value = value
    field!.dispatchEvent(new Event('input'))
  }
  await flushPromises()
  enter()
  await flushPromises()
  expect(sent).toEqual([])
  expect(document.querySelector('#claim-by-hand [role=alert], #claim-by-hand .error')?.textContent).toBeTruthy()
  screen.unmount()
})
