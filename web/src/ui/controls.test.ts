import { mount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope, nextTick } from 'vue'
import { keyName } from './keys'
import { i18n } from '@/words'
import { currentBindings, keyOf, KHold, KList, rebind, useKeys, useToast, toasts, type Binding } from '.'


const global = { plugins: [i18n] }
beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
  toasts.splice(0)
})

test('a held button fires once after its time, by pointer and by key; a short press does nothing', async () => {
  const hold = mount(KHold, { global, slots: { default: '結束直播' } })
  await hold.trigger('pointerdown', { button: 0 })
  vi.advanceTimersByTime(600)
  await hold.trigger('pointerup')
  vi.advanceTimersByTime(2000)
  expect(hold.emitted('fire')).toBeUndefined()
  await hold.trigger('keydown', { key: ' ' })
  vi.advanceTimersByTime(3000)
  expect(hold.emitted('fire')).toHaveLength(1)
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
