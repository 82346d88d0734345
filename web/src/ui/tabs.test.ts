import { expect, it } from 'vitest'
import { mount } from '@vue/test-utils'
import KTabs from './KTabs.vue'

it('a tab behind which something is wrong says so in words', () => {
  const page = mount(KTabs, { props: { items: [{ id: 'a', label: 'Questions' }, { id: 'b', label: 'Orders', mark: 'Oversold' }], label: 'Panes', modelValue: 'a' } })
  const [first, second] = page.findAll('[role="tab"]')
  expect(second!.text()).toBe('Orders■ Oversold')
  expect(second!.get('.mark span').attributes('aria-hidden')).toBe('true')
  expect(first!.find('.mark').exists()).toBe(false)
})
