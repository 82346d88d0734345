import { mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import { i18n } from '@/words'
import { brief, briefly } from './brief'
import KToasts from './KToasts.vue'
import { toasts, useToast } from './toasts'

const LONG = '全效保濕玻尿酸精華液三十毫升買一送一超值組合加贈旅行瓶與化妝包'

test('a long name keeps both its ends, and a short one is left as it is', () => {
  expect(brief('保濕精華液')).toBe('保濕精華液')
  expect(brief(LONG)).toBe('全效保濕玻尿酸精…瓶與化妝包')
  expect(brief('x'.repeat(88))).toHaveLength(27)
  expect(brief('🧴'.repeat(40))).not.toContain('\ufffd')
})

test('of a sentence only the names that are quoted are made short', () => {
  expect(briefly(`等後台，請到商店後台改好：「${LONG}」促銷價 NT$1,480`)).toBe('等後台，請到商店後台改好：「全效保濕玻尿酸精…瓶與化妝包」促銷價 NT$1,480')
  expect(briefly(LONG)).toBe(LONG)
})

test('a toast says what follows a long name, and keeps the whole of it for the hand that asks', () => {
  toasts.splice(0)
  const page = mount(KToasts, { global: { plugins: [i18n], stubs: { teleport: true } } })
  useToast().info(`已上架：「${LONG}」促銷價 NT$399`)
  return page.vm.$nextTick().then(() => {
    const text = page.get('.toast .text')
    expect(text.text()).toBe('已上架：「全效保濕玻尿酸精…瓶與化妝包」促銷價 NT$399')
    expect(text.attributes('title')).toContain(LONG)
    page.unmount()
  })
})
