import { expect, test, vi } from 'vitest'
import { flushPromises, mount } from '@vue/test-utils'
import { i18n } from '@/words'
import HostMessage from './HostMessage.vue'

function written(say: (text: string) => Promise<boolean>): { input: HTMLInputElement; submit: () => Promise<void> } {
  const screen = mount(HostMessage, { props: { text: '', sentAt: '', say }, global: { plugins: [i18n] }, attachTo: document.body })
  const input = screen.get('input').element
  input.focus()
  return {
    input,
    submit: async () => {
      await screen.get('input').setValue('還有 20 件')
      await screen.get('form').trigger('submit')
      await flushPromises()
    },
  }
}

test('once the line is out, the next Space is not typed into the box', async () => {
  const { input, submit } = written(() => Promise.resolve(true))
  await submit()
  expect(input.value).toBe('')
  expect(document.activeElement).not.toBe(input)
})

test('a line that was refused stays, with the cursor in it', async () => {
  const say = vi.fn(() => Promise.resolve(false))
  const { input, submit } = written(say)
  await submit()
  expect(say).toHaveBeenCalledWith('還有 20 件')
  expect(input.value).toBe('還有 20 件')
  expect(document.activeElement).toBe(input)
})
