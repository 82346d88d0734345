import { mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import { defineAsyncComponent, defineComponent, h, nextTick, ref } from 'vue'
import { whenOpened } from '.'

test('a dialog begins each time it opens, and when its code comes after it was opened', async () => {
  const open = ref(false)
  const told: string[] = []
  const Dialog = defineComponent({
    props: { open: Boolean },
    setup(props) {
      whenOpened(() => props.open, () => void told.push('opened'), () => void told.push('shut'))
      return () => h('p')
    },
  })
  let arrives = (_: typeof Dialog): void => undefined
  const Later = defineAsyncComponent(() => new Promise<typeof Dialog>((found) => (arrives = found)))
  mount(defineComponent(() => () => h(Later, { open: open.value })))
  open.value = true
  await nextTick()
  expect(told).toEqual([])
  arrives(Dialog)
  await expect.poll(() => told).toEqual(['opened'])
  open.value = false
  await nextTick()
  open.value = true
  await nextTick()
  expect(told).toEqual(['opened', 'shut', 'opened'])
})
