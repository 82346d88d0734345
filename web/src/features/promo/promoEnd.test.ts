import { mount } from '@vue/test-utils'
import { beforeAll, expect, it } from 'vitest'
import type { PromoRow } from '@/api'
import { i18n, setLanguage } from '@/words'
import PromoEnd from './PromoEnd.vue'

beforeAll(() => setLanguage('zh-Hant'))

/** Which buttons stand below a promo: say that it came on after all, end it, take it back. */
function shown(row: Partial<PromoRow>, ended = false) {
  const promo = { promo_id: 'p1', stage: 'applied', stands: true, end_why: '', end_failure: '', end_note: '', end_reason: '', ended_at: null, applied_at: 1, waits_for: '', spent: false, reads: row.stage ?? 'applied', ...row } as PromoRow
  const say = (): Promise<boolean> => Promise.resolve(true)
  return mount(PromoEnd, {
    props: { promo, what: '半價', back: 'NT$1,580', ender: '', applier: '', closer: '', ended, zone: 'Asia/Taipei', end: say, takeBack: say, sayAgain: say, byHand: say },
    global: { plugins: [i18n], stubs: { ByHand: true, IfMay: { template: '<div><slot /></div>' } } },
  })
}
function buttons(row: Partial<PromoRow>): string[] {
  const page = shown(row)
  return ['by-hand-stub[now="on"]', '.right', '.end:not([disabled])', '.take-back'].filter((kind) => page.find(kind).exists()).map((kind) => (kind.startsWith('.') ? kind.slice(1).replace(':not([disabled])', '') : 'did'))
}

it.each([
  ['on', {}, ['end', 'take-back']],
  ['approved and not yet on', { stage: 'approved', stands: false }, ['take-back']],
  ['while its end waits for the shop', { stage: 'ending', end_why: 'over' }, ['take-back']],
  ['taken back already', { stage: 'ending', reads: 'taking_back', end_why: 'wrong' }, []],
  ['wrong while the shop cannot be asked', { reads: 'taking_back', end_why: 'wrong' }, ['right']],
  ['on while the shop must answer another', { waits_for: 'p2' }, ['take-back']],
  ['ended', { stage: 'ended', stands: false }, []],
  ['replaced by another', { stands: false, reads: 'replaced' }, []],
  ['wrong, and gone with the one that took its place', { stands: false, reads: 'taken_back', end_why: 'wrong', replaced_at: 1 }, []],
  ['run out while the shop cannot be asked', { stands: false, reads: 'expired', end_why: 'expired' }, []],
  ['wrong, and the shop did not take it back', { reads: 'not_taken_back', end_why: 'wrong', end_failure: 'shop.busy' }, ['right', 'take-back']],
  ['wrong, and there beside another one', { stands: false, reads: 'not_taken_back', end_why: 'wrong', end_failure: 'shop.busy' }, ['take-back']],
  ['wrong, and not stopped on its way', { stage: 'approved', reads: 'not_taken_back', stands: false, applied_at: null, end_why: 'wrong', end_failure: 'shop.busy' }, ['did', 'right', 'take-back']],
  ['over with the show before anybody said that it was on', { stage: 'lapsed', reads: 'lapsed_show', stands: false, applied_at: null, end_why: 'show_ended' }, ['did']],
  ['over with its own time, where nobody can take it', { stage: 'lapsed', reads: 'lapsed', stands: false, applied_at: null, end_why: 'expired' }, []],
  ['run out, and the shop did not end it', { stands: false, reads: 'expired', end_why: 'expired', end_failure: 'shop.busy' }, ['end']],
] as const)('%s', (_, row, expected) => {
  expect(buttons(row as Partial<PromoRow>)).toEqual(expected)
})

it.each([
  ['buyers have it', { reads: 'stays' }, '買家現在仍有 半價'],
  ['its time is up', { stands: false, reads: 'expired', end_why: 'over' }, '已到期，沒有人再說'],
  ['it never was on', { stage: 'approved', stands: false, applied_at: null, reads: 'not_taken_back', end_why: 'wrong' }, '沒有人說 半價 上架了'],
  ['it is wrong, and may be there beside another one', { stands: false, reads: 'not_taken_back', end_why: 'wrong' }, '另一個上了，半價 可能還在'],
  ['it is wrong, and buyers have it', { reads: 'not_taken_back', end_why: 'wrong' }, '買家現在仍有 半價，主播先別說'],
] as const)('where the shop did not do it the card says what is true: %s', (_, row, words) => {
  expect(shown({ end_failure: 'shop.busy', ...row } as Partial<PromoRow>).text()).toContain(words)
})

it.each([
  ['on', { reads: 'taking_back' }, '買家仍有 半價'],
  ['not on yet', { reads: 'taking_back', stands: false, applied_at: null }, '買家沒有它；確認商店後台沒有 半價'],
  ['there beside another one', { reads: 'taking_back', stands: false }, '另一個上了，這個可能還在'],
  ['whose time is up', { reads: 'expired', stands: false }, '已到期，主播不再說'],
] as const)('what the back office is to do is said of one that is %s', (_, row, words) => {
  expect(shown({ stage: 'ending', end_why: 'wrong', ...row } as Partial<PromoRow>).text()).toContain(words)
})

it('says that the shop cannot be asked yet', () => {
  expect(shown({ reads: 'taking_back', end_why: 'wrong' }).text()).toContain('會自動要求收回')
  expect(shown({ reads: 'expired', stands: false, end_why: 'expired' }).text()).toContain('會自動要求結束')
  expect(shown({ reads: 'taken_back', stands: false, end_why: 'wrong', replaced_at: 1 }).text()).toContain('收回（')
})

it('says nothing more of a failed end once another took its place, or it never came on', () => {
  const failed = { end_why: 'wrong', end_failure: 'shop.busy' } as const
  expect(shown({ ...failed, stands: false, reads: 'replaced' }).find('[role=alert]').exists()).toBe(false)
  expect(shown({ ...failed, stage: 'failed', stands: false, applied_at: null }).find('[role=alert]').exists()).toBe(false)
  expect(shown({ ...failed, reads: 'not_taken_back' }, true).text()).not.toContain('主播')
})

it('of a coupon that was wrong and ran out there is only the end', () => {
  const spent = { kind: 'coupon', stands: false, end_why: 'wrong' } as const
  expect(buttons({ ...spent, reads: 'expired', end_failure: 'shop.busy' })).toEqual(['end'])
  expect(shown({ ...spent, stage: 'ending', reads: 'taking_back', spent: true }).text()).toContain('已到期，主播不再說')
})

it('who says that it was right reads what the host reads then', () => {
  const wrong = { reads: 'not_taken_back', end_why: 'wrong', end_failure: 'shop.busy' } as const
  expect(shown(wrong).get('.right').text()).toContain('主播又可以說 半價')
  expect(shown({ ...wrong, stage: 'approved', stands: false }).get('.right').text()).toContain('照舊等後台')
  expect(shown(wrong, true).get('.right').text()).not.toContain('主播')
  expect(shown(wrong).get('.take-back').text()).toContain('主播照樣先別說')
})

it('after the show the card asks for what its buttons do', () => {
  const card = shown({ reads: 'not_taken_back', end_why: 'wrong', end_failure: 'shop.busy' }, true)
  expect(card.get('[role=alert]').text()).toContain('再按一次收回')
  expect(card.get('.take-back').text()).toContain('再收回一次')
})

it('after the end no host is told of what is taken back', () => {
  expect(shown({}).text()).toContain('立即叫主播別再說')
  expect(shown({}, true).text()).not.toContain('主播')
})
