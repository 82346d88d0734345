import { expect, test, vi } from 'vitest'
import { nextTick } from 'vue'
import { mount } from '@vue/test-utils'
import { i18n } from '@/words'
import type { ListedShowRow } from '@/api'
import { likely } from './likely'
import PersonForm from './PersonForm.vue'

test('a token is a source unless somebody says other; a person is never a machine', () => {
  const boxes = (props: object) =>
    mount(PersonForm, { props: { offers: ['owner', 'host'], called: (role: string) => role, submit: 'ok', save: () => Promise.resolve(), ...props }, global: { plugins: [i18n] } }).findAll('input[type=checkbox]').map((box) => box.element as HTMLInputElement)
  expect(boxes({ system: true, roles: ['source'] }).filter((box) => box.checked).map((box) => box.value)).toEqual(['source'])
  expect(boxes({}).some((box) => ['source', 'system'].includes(box.value))).toBe(false)
  expect(boxes({ roles: ['host', 'own_floor'] }).filter((box) => box.checked).map((box) => box.value)).toEqual(['host', 'own_floor'])
})

test('a screen is only a screen, and has a name: choosing it leaves nothing to unchoose', async () => {
  const saved = vi.fn(() => Promise.resolve())
  const form = mount(PersonForm, { props: { offers: ['owner', 'host'], called: (role: string) => role, label: 'name', system: true, roles: ['source'], submit: 'ok', save: saved }, global: { plugins: [i18n] } })
  const chosen = (): string[] => form.findAll('input[type=checkbox]').map((box) => box.element as HTMLInputElement).filter((box) => box.checked).map((box) => box.value)
  await form.find('input[value=monitor]').setValue(true)
  await nextTick()
  expect([chosen(), form.emitted('roles')?.at(-1)]).toEqual([['monitor'], [['monitor']]])
  await form.trigger('submit')
  expect(saved).toHaveBeenCalledWith(i18n.global.t('shell.token_screen'), ['monitor'])
  await form.find('input[value=source]').setValue(true)
  await nextTick()
  expect(chosen()).toEqual(['source'])
})

test('which show a screen is for: the one on air, else the next; one that must be chosen is waited for', async () => {
  const show = (show_id: string, state: 'planned' | 'live' | 'ended', starts_at: number): ListedShowRow => ({ show_id, state, starts_at }) as ListedShowRow
  const planned = [show('later', 'planned', 9), show('next', 'planned', 5), show('over', 'ended', 1)]
  expect([likely(planned), likely([...planned, show('now', 'live', 7)]), likely([show('over', 'ended', 1)])]).toEqual(['next', 'now', ''])
  const form = mount(PersonForm, { props: { offers: ['owner', 'host'], called: (role: string) => role, roles: ['monitor'], system: true, submit: 'ok', ready: false, save: () => Promise.resolve() }, global: { plugins: [i18n] } })
  expect(form.find('button').attributes('disabled')).toBeDefined()
  await form.setProps({ ready: true })
  expect(form.find('button').attributes('disabled')).toBeUndefined()
})
