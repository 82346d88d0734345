import { shallowRef, watch } from 'vue'
import { useI18n } from 'vue-i18n'
import { read, type CharterWords } from '@/api'

export interface DutyWords {
  /** What the house calls a duty: its own words where it wrote some. */
  titleOf: (duty: string, own?: string) => string
  roleName: (role: string) => string
  /** What is said once and not again waits for the words; without them it is said with ids. */
  known: () => Promise<void>
}

/** One answer a language for all who ask; what failed is asked for again by the next. */
const asked = new Map<string, Promise<CharterWords>>()
function wordsIn(lang: string): Promise<CharterWords> {
  const going = asked.get(lang)
  if (going !== undefined) return going
  const asking = read('get /api/charter/words', {}, { lang })
  asked.set(lang, asking)
  asking.catch(() => asked.delete(lang))
  return asking
}

/** Duties and roles in the reader's words, asked for while they are wanted; until then their ids. */
export function useDutyWords(wanted: () => boolean): DutyWords {
  const { locale } = useI18n()
  const words = shallowRef<CharterWords | null>(null)
  const come = (lang: string): Promise<void> => wordsIn(lang).then((told) => void (words.value = told), () => undefined)
  watch([wanted, locale], ([now, lang]) => void (now && come(lang)), { immediate: true })
  return {
    known: () => come(locale.value),
    titleOf: (duty, own) => own || words.value?.duties[duty] || duty,
    roleName: (role) => words.value?.roles[role] ?? role,
  }
}
