export const LANGUAGES = ['zh-Hant', 'zh-Hans', 'en'] as const
export type Language = (typeof LANGUAGES)[number]

/** One's own choice first, then the browser's list in its order, then zh-Hant. */
export function chooseLanguage(stored: string | null, wanted: readonly string[]): Language {
  for (const tag of stored === null ? wanted : [stored, ...wanted]) {
    const found = match(tag.toLowerCase())
    if (found !== null) return found
  }
  return 'zh-Hant'
}

function match(tag: string): Language | null {
  if (tag.startsWith('en')) return 'en'
  if (!tag.startsWith('zh')) return null
  const simplified = tag.includes('hans') || (!tag.includes('hant') && /-(cn|sg|my)\b/.test(tag))
  return simplified ? 'zh-Hans' : 'zh-Hant'
}
