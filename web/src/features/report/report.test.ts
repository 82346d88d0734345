import { mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import ReportMoves from './ReportMoves.vue'
import ReportOddities from './ReportOddities.vue'
import ReportPeaks from './ReportPeaks.vue'
import ReportQuestions from './ReportQuestions.vue'
import ReportTables from './ReportTables.vue'
import type { Peak, ReportMove, ReportQuestion } from '@/api'
import { i18n, setLanguage, wholeWords } from '@/words'
import { whoIn } from './people'
import { eventsLink, type ShowReport } from './types'

const MINUTE = 60_000
const FIRST = 29_405_520
const where = { types: 'order.paid', from_at: FIRST * MINUTE, to_at: (FIRST + 1) * MINUTE }
const rule = { back_minutes: 10, gmv_times: 1.5, online_times: 1.2, deviations: 2, apart_minutes: 3, near_minutes: 2 }
await setLanguage('zh-Hant')
await wholeWords()

function report(more: Partial<ShowReport>): ShowReport {
  const show = { starts_at: FIRST * MINUTE, timezone: 'Asia/Taipei', currency: 'TWD' }
  return { show, peaks: [], peak_rule: rule, questions: [], people: { ai: '助理小艾' }, ...more } as unknown as ShowReport
}

function peak(more: Partial<Peak>): Peak {
  return { series: 'gmv_paid', minute: FIRST + 5, value: 90_000, usual: 30_000, rise_from: FIRST + 4, causes: [], events: where, ...more }
}

function question(place: number, more: Partial<ReportQuestion> = {}): ReportQuestion {
  return { text: `問題${place}`, count: 100 - place, answered: 0, handed: 0, first_at: 0, answered_by: '', answered_at: null, took_ms: null, product_id: '', sample_refs: [], events: where, ...more }
}

it('a peak names what was done near it, and leads into the log', () => {
  const cause = { kind: 'promo' as const, id: 'p', title: '護手霜', at: (FIRST + 4) * MINUTE, seq: 7 }
  const page = mount(ReportPeaks, { props: { report: report({ peaks: [peak({ causes: [cause] })] }), showId: 's' }, global: { plugins: [i18n] } })
  expect(page.text()).toContain('20:05')
  expect(page.text()).toContain('NT$900')
  expect(page.text()).toContain('★ 促銷 護手霜')
  expect(page.text()).not.toContain('附近沒有找到原因')
  expect(page.findAll('a').map((link) => link.attributes('href'))).toEqual([eventsLink('s', where), eventsLink('s', { types: '', from_at: cause.at, to_at: cause.at + 1 })])
})

it('says so where nothing was near, and by which rule it looked', () => {
  const page = mount(ReportPeaks, { props: { report: report({ peaks: [peak({})] }), showId: 's' }, global: { plugins: [i18n] } })
  expect(page.text()).toContain('附近沒有找到原因')
  expect(page.text()).toContain('前 10 分鐘中位數的 1.5 倍')
})

it('lists the first questions, and all of them when asked to', async () => {
  const questions = Array.from({ length: 45 }, (_, place) => question(place, place === 1 ? { answered: 1, answered_by: 'ai', took_ms: 83_000 } : {}))
  const page = mount(ReportQuestions, { props: { report: report({ questions }), showId: 's' }, global: { plugins: [i18n] } })
  expect(page.findAll('tbody tr')).toHaveLength(20)
  expect(page.findAll('tbody tr')[1]?.text()).toContain('助理小艾')
  expect(page.findAll('tbody tr')[1]?.text()).toContain('1:23')
  await page.get('button').trigger('click')
  expect(page.findAll('tbody tr')).toHaveLength(45)
})

it('a move after an alarm says what it brought, or that nobody can tell', () => {
  const effect = { orders_before: 4, orders_after: 5, window_ms: 5 * MINUTE, per: 'seconds' as const, verdict: 'no_clear_effect' as const, ratio: 1.22, low: 0.35, high: 4.3, measured: true, alongside: ['move:m2', 'cue:c1'], beside: [{ kind: 'move' as const, name: 'ads' }, { kind: 'cue' as const, name: '開場' }], before_ms: 300_000, after_ms: 300_000, basis: 'placebo' as const, placebos: 120, slump: false, needed: 9 }
  const move = (more: Partial<ReportMove>): ReportMove => ({ move_id: 'm1', move: 'reorder', metric: 'idle_s', product_id: '', name: '', stage: 'approved', proposed_by: 'ai', proposed_at: FIRST * MINUTE, settled_by: '', settled_at: FIRST * MINUTE, effect, events: where, spent_minor: null, channel: '', cost_minor: null, ...more })
  const made = report({ moves: [move({}), move({ move_id: 'm2', move: 'ads', stage: 'rejected', effect: null }), move({ move_id: 'm3', effect: { ...effect, measured: false } })], cues: [{ cue_id: 'c1', title: '開場' }] as never, promos: [] })
  const text = mount(ReportMoves, { props: { report: made, showId: 's' }, global: { plugins: [i18n] } }).findAll('article').map((one) => one.text())
  expect(text[0]).toContain('換下一個環節')
  expect(text[0]).toContain('還看不出來')
  expect(text[0]).toContain('×1.22（介於 ×0.35 與 ×4.30）')
  expect(text[0]).toContain('同時還有：加投放、環節「開場」')
  expect(text[0]).toContain('與同一場沒有動作的 120 個時刻相比')
  expect(text[0]).toContain('約 9 次')
  expect(text[0]).toContain('前 5 分 有 4 單，後 5 分 有 5 單')
  const untold = report({ moves: [move({ effect: { ...effect, orders_before: null, orders_after: null } })], cues: [], promos: [] })
  expect(mount(ReportMoves, { props: { report: untold, showId: 's' }, global: { plugins: [i18n] } }).text()).toContain('沒有量到')
  expect(text[1]).toContain('已駁回')
  expect(text[1]).not.toContain('單，')
  expect(text[2]).toContain('後五分鐘還沒過完')
  expect(text[2]).not.toContain('有 4 單')
})

it('a list of oddities that is cut says how many more there are', () => {
  const odd = { order_id: 'o1', platform: 'shop', state: 'paid', kind: 'paid', why: 'paid_otherwise', at: FIRST * MINUTE }
  const text = (more: number): string => mount(ReportOddities, { props: { report: report({ oddities: [odd], oddities_more: more } as Partial<ShowReport>) }, global: { plugins: [i18n] } }).text()
  expect(text(250)).toContain('另有 250 筆沒有列在這裡')
  expect(text(250)).toContain('付的和訂單金額不同')
  expect(text(0)).not.toContain('另有')
})

it('a row says what the money of the products is apart from that of the show', () => {
  const none = { products: [], cues: [], promos: [], oddities: [] }
  const text = (minor: number): string => mount(ReportTables, { props: { showId: 's', report: report({ ...none, beyond_paid_minor: minor, beyond_created_minor: 0 } as Partial<ShowReport>) }, global: { plugins: [i18n] } }).text()
  expect(text(-21_000)).toContain('與商品單價的差：折價券、運費、贈品等−NT$210')
  expect(text(0)).not.toContain('與商品單價的差')
})

it('who is unknown has a word, and no id is ever shown', () => {
  const report = { people: { lin: '小林' } }
  const say = (key: string): string => key
  expect(['lin', 'system', 'gone-1', ''].map((one) => whoIn(report, one, say))).toEqual(['小林', 'server.report.by_kaibo', 'server.report.by_unknown', ''])
})
