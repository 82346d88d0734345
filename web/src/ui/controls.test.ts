import { mount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope, nextTick } from 'vue'
import { keyName, overlays } from './keys'
import { i18n } from '@/words'
import { currentBindings, KConfirm, keyOf, KList, KToasts, rebind, useKeys, useToast, toasts, type Binding } from '.'


const global = { plugins: [i18n] }
beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
  toasts.splice(0)
})

test('one gesture: press to arm, then hold or Enter; a double click is one press, and it disarms by itself', async () => {
  const done = vi.fn(() => Promise.resolve())
  const button = mount(KConfirm, { global, attachTo: document.body, props: { action: done }, slots: { default: '結束直播' } })
  const hold = async (ms: number): Promise<void> => {
    await button.trigger('pointerdown', { button: 0 })
    vi.advanceTimersByTime(ms)
    await button.trigger('pointerup')
    await button.trigger('click')
  }
  await hold(100)
  expect(button.classes()).toContain('armed')
  await hold(100) // a second click is no hold
  expect(done).not.toHaveBeenCalled()
  await button.trigger('keydown', { key: 'Enter', repeat: true })
  expect(done).not.toHaveBeenCalled()
  vi.advanceTimersByTime(500)
  await button.trigger('keydown', { key: 'Enter' })
  expect(done).toHaveBeenCalledTimes(1)
  await nextTick()
  await hold(2000)
  expect(done).toHaveBeenCalledTimes(2)
  await nextTick()
  await button.trigger('keydown', { key: 'Enter' })
  vi.advanceTimersByTime(7_000)
  await button.trigger('keydown', { key: 'Enter' }) // too late: this one arms
  expect(done).toHaveBeenCalledTimes(2)
  await button.trigger('keydown', { key: 'Escape' })
  expect(button.classes()).not.toContain('armed')
  await button.trigger('keydown', { key: 'Enter' })
  await button.trigger('keydown', { key: 'Enter' }) // within the moment of a double press
  expect(done).toHaveBeenCalledTimes(2)
  button.unmount()
})

test('Enter that comes too soon does nothing and says so, to eye and ear; the next one counts', async () => {
  const done = vi.fn(() => Promise.resolve())
  const button = mount(KConfirm, { global, attachTo: document.body, props: { action: done }, slots: { default: '結束直播' } })
  const heard = (): string => document.querySelector('[role=status]')?.textContent ?? ''
  await button.trigger('keydown', { key: 'Enter' })
  expect(button.text()).not.toContain(i18n.global.t('ui.confirm_armed')) // nothing is offered that would not work
  await button.trigger('keydown', { key: 'Enter' })
  expect(done).not.toHaveBeenCalled()
  expect(button.text()).toContain(i18n.global.t('ui.confirm_again'))
  expect(heard()).toBe(i18n.global.t('ui.confirm_again'))
  vi.advanceTimersByTime(400)
  await button.trigger('keydown', { key: 'Enter' })
  expect(done).toHaveBeenCalledTimes(1)
  await nextTick()
  await button.trigger('keydown', { key: 'Enter' })
  vi.advanceTimersByTime(400)
  await nextTick()
  expect(button.text()).toContain(i18n.global.t('ui.confirm_armed'))
  button.unmount()
})

test('a list draws only what is seen, and counts what came while it was held', async () => {
  const items = Array.from({ length: 1000 }, (_, index) => String(index))
  const list = mount(KList<string>, { global, props: { items, keyOf: (item: string) => item, label: 'x', follow: true } })
  expect(list.findAll('.row').length).toBeLessThan(60)
  const exposed = list.vm as unknown as { freeze(on: boolean): void }
  exposed.freeze(true)
  await list.setProps({ items: [...items.slice(3), 'a', 'b'] })
  expect(list.text()).toContain('2')
})

test('keys: the newest screen wins, typing is left alone, a key can be changed', async () => {
  const calls: string[] = []
  const scope = effectScope()
  const binding: Binding = { key: 'g', id: 'go', label: 'GO', run: () => calls.push('go') }
  scope.run(() => useKeys([binding]))
  const press = (key: string, target: HTMLElement = document.body): boolean => target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
  const input = document.body.appendChild(document.createElement('input'))
  press('g')
  press('g', input)
  rebind(binding, 'h')
  press('g')
  press('h')
  rebind(binding, null)
  scope.stop()
  press('g')
  await nextTick()
  expect(calls).toEqual(['go', 'go'])
  expect(keyOf(binding)).toBe('g')
  expect(keyName(new KeyboardEvent('keydown', { key: 'K', ctrlKey: true }))).toBe('mod+k')
})

test('a key that one never may use is free, and the sheet does not speak of it', () => {
  const calls: string[] = []
  const scope = effectScope()
  scope.run(() => useKeys([{ key: 'g', id: 'below', label: 'below', run: () => calls.push('below') }]))
  scope.run(() => useKeys([{ key: 'g', id: 'not-mine', may: false, label: 'not mine', run: () => calls.push('not mine') }]))
  document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'g', bubbles: true, cancelable: true }))
  expect(currentBindings().map((one) => one.id)).toEqual(['below'])
  scope.stop()
  expect(calls).toEqual(['below'])
})

test('over a dialog only what cannot wait is heard', () => {
  const calls: string[] = []
  const scope = effectScope()
  scope.run(() => useKeys([{ key: 'f6', above: true, label: 'ready', run: () => calls.push('ready') }, { key: 'f8', label: 'other', run: () => calls.push('other') }]))
  overlays.value += 1
  for (const key of ['F6', 'F8']) document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
  overlays.value -= 1
  scope.stop()
  expect(calls).toEqual(['ready'])
})

test('a toast goes away by itself; undo runs once', () => {
  useToast().ok('好了')
  let undone = 0
  useToast().undo('已移除', () => (undone += 1))
  expect(toasts).toHaveLength(2)
  toasts[1]?.undo?.()
  vi.advanceTimersByTime(20_000)
  expect(toasts).toHaveLength(0)
  expect(undone).toBe(1)
})

test('what is told is told over a sheet or a question as well: the page under it is hidden and takes no hand', async () => {
  const bar = mount(KToasts, { global, attachTo: document.body })
  useToast().refused(new Error('要等這些先做完'))
  overlays.value += 1
  await nextTick()
  const box = document.querySelector('.k-toasts')
  expect([box?.parentElement, box?.textContent?.includes('要等這些先做完')]).toEqual([document.body, true])
  overlays.value -= 1
  await nextTick()
  expect(document.querySelector('.k-toasts')?.parentElement).not.toBe(document.body)
  bar.unmount()
})
