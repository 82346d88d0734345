import { expect, it } from 'vitest'
import type { DrawRow, OpenQuestionRow, PromoRow, QuestionTallyRow, StockRow } from '@/api'
import type { CueLine } from '@/features/rundown'
import { language } from '@/words'
import { heldUnits, leftOf, staying, type Room } from './leaving'

it('a show that ends leaves promos that are on, and claims that are held', () => {
  const promo = (promo_id: string, stage: PromoRow['stage'], stands: boolean): PromoRow =>
    ({ promo_id, stage, reads: stage, stands, proposed_at: 1, settled_at: null, applied_at: stands ? 1 : null, end_at: null, ended_at: null }) as PromoRow
  const rows = [promo('on', 'applied', true), promo('over', 'ended', false), promo('asked', 'proposed', false), promo('way', 'approved', false), promo('unseen', 'ending', false), promo('late', 'lapsed', false)]
  expect(staying(rows).map((one) => [one.promo.promo_id, one.word])).toEqual([['on', 'endPromo'], ['way', 'endWaiting'], ['unseen', 'endAsked']])
  const stock = (variant: string, held: number): StockRow => ({ variant, held }) as StockRow
  expect(heldUnits([stock('', 3), stock('粉', 2), stock('白', 1), stock('', 4)])).toBe(7)
})

const cue = (title: string, went_at: number | null): CueLine => ({ cueId: title, row: { cue: { title }, went_at, skipped: false, status: went_at === null ? 'planned' : 'done' } }) as CueLine
const goods = (name: string, row: Partial<StockRow>): StockRow => ({ name, variant: '', held: 0, waits: 0, oversold: 0, ...row }) as StockRow
const draw = (title: string, stage: DrawRow['stage']): [string, DrawRow] => [title, { title, stage, opens_at: 1 } as DrawRow]
const question = (ref: string, text: string, at: number): [string, OpenQuestionRow] => [ref, { text, at, count: 1 } as OpenQuestionRow]
const tally = (open: number): [string, QuestionTallyRow] => ['tally', { open } as QuestionTallyRow]
const quiet: Room = { lines: [], stock: [], draws: new Map(), questions: new Map(), proposals: 0, now: 100_000 }

it('what the end leaves open is named, each once, and what there is none of is not', () => {
  language.value = 'zh-Hant'
  const room: Room = {
    lines: [cue('開場', 1), cue('面霜', null), cue('抽獎', null), cue('加碼', null), cue('收尾', null)],
    stock: [goods('面霜', { oversold: 2, held: 3 }), goods('壺', { waits: 4 }), goods('面霜', { variant: '粉', oversold: 2 })],
    draws: new Map([draw('晚安抽', 'open'), draw('早安抽', 'closed'), draw('備用', 'prepared'), draw('開過', 'drawn')]),
    questions: new Map<string, OpenQuestionRow | QuestionTallyRow>([question('1:0', '可以刷卡嗎', 1_000), question('2:0', '還有嗎', 99_000), tally(2)]),
    proposals: 1,
    now: 100_000,
  }
  expect(leftOf(room).map((one) => [one.word, one.count, one.names])).toEqual([
    ['endUnaired', 4, '面霜、抽獎、加碼…'],
    ['endOversold', 1, '面霜'],
    ['endHeld', 3, ''],
    ['endWaits', 4, ''],
    ['endDraws', 2, '晚安抽、早安抽'],
    ['endUrgent', 2, '可以刷卡嗎'],
    ['endProposals', 1, ''],
  ])
  expect(leftOf(quiet)).toEqual([])
  expect(leftOf({ ...quiet, questions: new Map([question('2:0', '還有嗎', 99_000), tally(1)] as [string, OpenQuestionRow | QuestionTallyRow][]) }).map((one) => one.word)).toEqual(['endQuestions'])
})
