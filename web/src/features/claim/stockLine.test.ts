import { expect, it } from 'vitest'
import { mount } from '@vue/test-utils'
import type { StockRow } from '@/api'
import { i18n, setLanguage } from '@/words'
import StockLine from './StockLine.vue'

await setLanguage('zh-Hant')
const line = (row: Partial<StockRow>): string =>
  mount(StockLine, { props: { row: { left: 3, held: 1, waits: 0, oversold: 0, pace: 0, paced_at: 0, empty_at: null, ...row } as StockRow, zone: 'Asia/Taipei' }, global: { plugins: [i18n] } }).text()

it('a size that is oversold does not forbid what is left', () => {
  expect(line({ oversold: 2 })).toContain('可售 3')
  expect(line({ oversold: 2 })).not.toContain('別再承諾')
  expect(line({ left: -2, oversold: 2 })).toContain('超賣 2，別再承諾')
  expect(line({ left: 0 })).toContain('已售完，別再承諾')
})
