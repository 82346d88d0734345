import { expect, test } from 'vitest'
import { mount } from '@vue/test-utils'
import { i18n } from '@/words'
import PersonForm from './PersonForm.vue'

test('a token is a source unless somebody says other; a person is never a machine', () => {
  const boxes = (props: object) =>
    mount(PersonForm, { props: { offers: ['owner', 'host'], called: (role: string) => role, submit: 'ok', save: () => Promise.resolve(), ...props }, global: { plugins: [i18n] } }).findAll('input[type=checkbox]').map((box) => box.element as HTMLInputElement)
  expect(boxes({ system: true, roles: ['source'] }).filter((box) => box.checked).map((box) => box.value)).toEqual(['source'])
  expect(boxes({}).some((box) => ['source', 'system'].includes(box.value))).toBe(false)
  expect(boxes({ roles: ['host', 'own_floor'] }).filter((box) => box.checked).map((box) => box.value)).toEqual(['host', 'own_floor'])
})
