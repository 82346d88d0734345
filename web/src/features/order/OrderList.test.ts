import { mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import type { OrderCountRow } from '@/api'
import { i18n, setLanguage } from '@/words'
import OrderList from './OrderList.vue'

await setLanguage('zh-Hant')
const counts: OrderCountRow = { created: 0, paid: 0, cancelled: 0, refunded: 0, created_minor: 0, paid_minor: 0, odd: 0, refunded_minor: 0, kept_minor: 0, told: true }

function text(row: OrderCountRow | undefined): string {
  const page = mount(OrderList, { props: { stream: 'show/s', rows: new Map(), counts: row, zone: 'Asia/Taipei', names: new Map() }, global: { plugins: [i18n] } })
  return page.get('dl.counts').text()
}

it('of orders that no source tells of it says that they were not measured, and no number', () => {
  expect(text({ ...counts, told: false })).toContain('沒有量到')
  expect(text({ ...counts, told: false })).not.toMatch(/[0-9]/)
  expect(text(counts)).toContain('NT$0')
  expect(text(undefined)).not.toMatch(/[0-9]/)
})
