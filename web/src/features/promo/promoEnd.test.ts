import { mount } from '@vue/test-utils'
import { beforeAll, expect, it } from 'vitest'
import type { PromoRow } from '@/api'
import { i18n, setLanguage } from '@/words'
import PromoEnd from './PromoEnd.vue'

beforeAll(() => setLanguage('zh-Hant'))

/** Which buttons stand below a promo: end it, take it back. */
function shown(row: Partial<PromoRow>, ended = false) {
  const promo = { promo_id: 'p1', stage: 'applied', stands: true, end_why: '', end_failure: '', end_note: '', end_reason: '', ended_at: null, applied_at: 1, ...row } as PromoRow
  const say = (): Promise<boolean> => Promise.resolve(true)
  return mount(PromoEnd, {
    props: { promo, what: '半價', back: 'NT$1,580', ender: '', applier: '', closer: '', ended, zone: 'Asia/Taipei', end: say, takeBack: say, byHand: say },
    global: { plugins: [i18n], stubs: { ByHand: true, IfMay: { template: '<div><slot /></div>' } } },
  })
}
function buttons(row: Partial<PromoRow>): string[] {
  const page = shown(row)
  return ['end', 'take-back'].filter((kind) => page.find(`.${kind}`).exists())
}

it.each([
  ['on', {}, ['end', 'take-back']],
  ['approved and not yet on', { stage: 'approved', stands: false }, ['take-back']],
  ['while its end waits for the shop', { stage: 'ending', end_why: 'over' }, ['take-back']],
  ['taken back already', { stage: 'ending', end_why: 'wrong' }, []],
  ['ended', { stage: 'ended', stands: false }, []],
  ['replaced by another', { stands: false }, []],
  ['run out, and the shop did not end it', { stands: false, end_why: 'expired', end_failure: 'shop.busy' }, ['end', 'take-back']],
] as const)('%s', (_, row, expected) => {
  expect(buttons(row as Partial<PromoRow>)).toEqual(expected)
})

it('after the end no host is told of what is taken back', () => {
  expect(shown({}).text()).toContain('立即叫主播別再說')
  expect(shown({}, true).text()).not.toContain('主播')
})
