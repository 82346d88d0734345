/** What a show that ends leaves behind. Pure. */
import type { DrawRow, OpenQuestionRow, PromoRow, QuestionTallyRow, StockRow } from '@/api'
import { urgentNow } from '@/features/comment'
import { undrawn } from '@/features/draw'
import { sorted } from '@/features/promo'
import { firstNames, unaired, type CueLine } from '@/features/rundown'

/** A promo that is not over, and the word for what it is when the show ends: on in the shop, never confirmed, or taken back unseen. */
export interface Staying {
  promo: PromoRow
  word: 'endPromo' | 'endWaiting' | 'endAsked'
}

/** What somebody still has to see to. */
export const staying = (promos: Iterable<PromoRow>): Staying[] => sorted(promos).on.map((promo) => ({ promo, word: wordOf(promo) }))

function wordOf(promo: PromoRow): Staying['word'] {
  if (promo.applied_at !== null) return 'endPromo'
  return promo.stage === 'approved' ? 'endWaiting' : 'endAsked'
}

/** Units that claims hold and no order has taken. */
export function heldUnits(rows: Iterable<StockRow>): number {
  return [...rows].filter((row) => row.variant === '').reduce((sum, row) => sum + row.held, 0)
}

/** Units that wait for others to give theirs back. */
export function waitingUnits(rows: Iterable<StockRow>): number {
  return [...rows].filter((row) => row.variant === '').reduce((sum, row) => sum + row.waits, 0)
}

/** One thing that is left open, how many of it, and the first by name. */
export interface Left {
  word: 'endUnaired' | 'endOversold' | 'endHeld' | 'endWaits' | 'endDraws' | 'endUrgent' | 'endQuestions' | 'endProposals'
  count: number
  names: string
}

export interface Room {
  lines: readonly CueLine[]
  stock: readonly StockRow[]
  draws: ReadonlyMap<string, DrawRow>
  questions: ReadonlyMap<string, OpenQuestionRow | QuestionTallyRow>
  /** Proposals of both kinds, promos and moves, that nobody has settled. */
  proposals: number
  now: number
}

/** All that nobody answered, the most pressing by their words. */
function asked(room: Room): Left {
  const count = (room.questions.get('tally') as QuestionTallyRow | undefined)?.open ?? 0
  const urgent = urgentNow(room.questions, room.now)
  return { word: urgent.length > 0 ? 'endUrgent' : 'endQuestions', count, names: firstNames(urgent.map((one) => one.text)) }
}

/** What is open when a show is about to end, in the order in which it hurts; what there is none of is not said. */
export function leftOf(room: Room): Left[] {
  const named = (word: Left['word'], names: readonly string[]): Left => ({ word, count: names.length, names: firstNames(names) })
  const counted = (word: Left['word'], count: number): Left => ({ word, count, names: '' })
  const oversold = room.stock.filter((row) => row.variant === '' && row.oversold > 0)
  const all = [
    named('endUnaired', unaired(room.lines).map((line) => line.row.cue.title)),
    named('endOversold', oversold.map((row) => row.name)),
    counted('endHeld', heldUnits(room.stock)),
    counted('endWaits', waitingUnits(room.stock)),
    named('endDraws', undrawn(room.draws).map((draw) => draw.title)),
    asked(room),
    counted('endProposals', room.proposals),
  ]
  return all.filter((one) => one.count > 0)
}
