import type { HeldRow, WordRow, WordRule } from '@/api'
import { laterFirst } from '@/ui'

export interface Held extends HeldRow { ref: string }

/** Newest first; what is hidden before what is only marked when the team looks for what to let go. */
export function heldOf(rows: ReadonlyMap<string, HeldRow>): Held[] {
  return [...rows].map(([ref, row]) => ({ ...row, ref })).sort((a, b) => b.held_at - a.held_at || b.at - a.at || laterFirst(a.ref, b.ref))
}

/** The word of the list that caught it, "" for what a pattern caught, or no list. */
export function wordOf(words: ReadonlyMap<string, WordRow>, held: HeldRow): string {
  const rule = words.get(held.rule_id)?.rule
  return rule?.kind === 'word' ? rule.text : ''
}

const AROUND = 3
const WHOLE = 12
const LONGEST = 60
/**
 * What is offered as the phrase that shall never be caught again: a short comment whole, of a longer one the word with what
 * stands around it, and all of it where the word is not to be seen.
 */
export function phraseFor(text: string, word: string): string {
  const said = text.trim()
  if (said.length <= WHOLE) return said
  const at = said.toLowerCase().indexOf(word.toLowerCase())
  return at < 0 || word === '' ? said.slice(0, LONGEST) : said.slice(Math.max(0, at - AROUND), at + word.length + AROUND).trim()
}

/** One line of what was pasted is one word; what stands in the list already is left out. */
export function linesOf(text: string, known: Iterable<WordRule>): string[] {
  const there = new Set([...known].map((rule) => rule.text))
  const lines = text.split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== '' && !there.has(line))
  return [...new Set(lines)]
}
