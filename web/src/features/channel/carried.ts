/** What became of a message outside the house. Pure. */
import type { LetterRow } from '@/api'

/** By message, the newest letter of each bridge: what was carried before it is told by the one after. */
export function byMessage(letters: Iterable<LetterRow>): Map<string, LetterRow[]> {
  const newest = new Map<string, Map<string, LetterRow>>()
  for (const letter of letters) {
    const own = newest.get(letter.message_id) ?? new Map<string, LetterRow>()
    const before = own.get(letter.bridge_id)
    if (before === undefined || before.at <= letter.at) own.set(letter.bridge_id, letter)
    newest.set(letter.message_id, own)
  }
  return new Map([...newest].map(([message, own]) => [message, [...own.values()]]))
}

/** By shape beside the word: there, under way, held back, not known, not there. */
export function shapeOf(letter: LetterRow): string {
  switch (letter.state) {
    case 'confirmed':
      return '✓✓'
    case 'sent':
      return '✓'
    case 'queued':
    case 'begun':
      return '…'
    case 'limited':
      return '❚❚'
    case 'unknown':
      return '○'
    case 'settled':
    case 'elsewhere':
    case 'removed':
      return '－'
    default:
      return '✕'
  }
}
export const isBad = (letter: LetterRow): boolean => letter.state === 'failed' || letter.state === 'unreached' || letter.state === 'late'
