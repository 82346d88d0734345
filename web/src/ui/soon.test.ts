import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { defineComponent, h, nextTick, ref } from 'vue'
import { later, onSight, KMenu } from '.'
import { i18n } from '@/words'

const Body = defineComponent({ props: { open: Boolean }, setup: (props) => () => h('p', props.open ? 'open' : 'shut') })
beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('a dialog’s code comes when it is opened, and what could not come is asked for again', async () => {
  const load = vi.fn(() => Promise.resolve({ default: Body })).mockImplementationOnce(() => Promise.reject(new Error('no line')))
  const Dialog = later(load)
  const open = ref(false)
  const page = mount(defineComponent(() => () => h('div', [h(Dialog, { open: open.value })])))
  await nextTick()
  expect([load.mock.calls.length, page.text()]).toEqual([0, ''])
  open.value = true
  await vi.advanceTimersByTimeAsync(100)
  await flushPromises()
  expect([load.mock.calls.length, page.text()]).toEqual([1, ''])
  await vi.advanceTimersByTimeAsync(2_100)
  await flushPromises()
  expect([load.mock.calls.length, page.text()]).toEqual([2, 'open'])
  open.value = false
  await nextTick()
  expect(page.text()).toBe('shut') // as long as it shuts itself it stays
})

test('a console that has stood a while has them, whatever becomes of the line; one that went asks for nothing', async () => {
  const load = vi.fn(() => Promise.resolve({ default: Body }))
  const Dialog = later(load)
  mount(Dialog)
  mount(Dialog).unmount()
  await vi.advanceTimersByTimeAsync(14_000)
  await flushPromises()
  expect(load).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(2_000)
  await flushPromises()
  expect(load).toHaveBeenCalledTimes(1)
})

test('what stands below the glass comes once it is scrolled to, and its code also where nobody does', async () => {
  let seen = (_: readonly { isIntersecting: boolean }[]): void => undefined
  vi.stubGlobal('IntersectionObserver', class { constructor(told: typeof seen) { seen = told } observe(): void {} disconnect(): void {} })
  const load = vi.fn(() => Promise.resolve({ default: Body }))
  const Curves = onSight(load)
  const page = mount(defineComponent(() => () => h('div', [h(Curves, { open: true })])))
  seen([{ isIntersecting: false }])
  await vi.advanceTimersByTimeAsync(100)
  await flushPromises()
  expect(load).not.toHaveBeenCalled()
  seen([{ isIntersecting: true }])
  await vi.advanceTimersByTimeAsync(100)
  await flushPromises()
  expect(page.text()).toBe('open')
  const never = vi.fn(() => Promise.resolve({ default: Body }))
  const Below = onSight(never)
  mount(defineComponent(() => () => h(Below, { open: true })))
  await vi.advanceTimersByTimeAsync(16_000)
  expect(never).toHaveBeenCalledTimes(1)
})

test('a menu opens at the first press, when its code is there', async () => {
  vi.useRealTimers()
  const ran = vi.fn()
  const page = mount(KMenu, { props: { items: [{ id: 'a', label: '甲', run: ran }], label: '更多' }, global: { plugins: [i18n] }, attachTo: document.body })
  await page.get('button').trigger('click')
  await vi.waitFor(() => expect(document.querySelector('[role=menuitem]')?.textContent).toContain('甲'), 5_000)
  expect(page.get('.k-menu-button').attributes('aria-expanded')).toBe('true')
  page.unmount()
})
