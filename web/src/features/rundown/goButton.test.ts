import { afterEach, expect, it } from 'vitest'
import { mount } from '@vue/test-utils'
import { ref } from 'vue'
import { connection } from '@/live'
import { i18n, setLanguage } from '@/words'
import type { Go } from './go'
import GoButton from './GoButton.vue'
import type { CueLine } from './rundown'

await setLanguage('zh-Hant')
const before = connection.state
afterEach(() => { connection.state = before })
const button = () => {
  const go = { ready: ref(true), waiting: ref(false), press: () => undefined } as unknown as Go
  const next = { place: 1, row: { cue: { title: '開場', duration_ms: 60_000 } } } as unknown as CueLine
  return mount(GoButton, { props: { go, next, onAir: true, empty: false }, global: { plugins: [i18n] } }).get('button')
}

it('without a line GO says that what it names may have changed', () => {
  connection.state = 'live'
  expect([button().classes('lost'), button().text().includes('連線中斷')]).toEqual([false, false])
  connection.state = 'lost'
  expect([button().classes('lost'), button().text().includes('連線中斷')]).toEqual([true, true])
})
