/** Kinds of facts by what people call them: with the words of the shell, or, of a small feature, with its own. */
import type { SayWord } from './coupon'

/** 留言與互動 for `audience.batch`; a kind that has no word yet by its own name. */
export function factTitle(type: string, t: SayWord, te: (key: string) => boolean): string {
  const word = [`fact.${type}`, type.replace('.', '.fact.')].find((key) => te(key))
  return word === undefined ? type : t(word)
}

/** Several of them in one line, each once. */
export function factTitles(types: readonly string[], t: SayWord, te: (key: string) => boolean): string {
  return [...new Set(types.map((type) => factTitle(type, t, te)))].join(t('metric.and'))
}
