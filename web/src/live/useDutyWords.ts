import { shallowRef, watch } from 'vue'
import { useI18n } from 'vue-i18n'
import { read, type CharterWords } from '@/api'

export interface DutyWords {
  /** What the house calls a duty: its own words where it wrote some. */
  titleOf: (duty: string, own?: string) => string
  roleName: (role: string) => string
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
  watch([wanted, locale], ([now, lang]) => {
    if (now) void wordsIn(lang).then((told) => (words.value = told), () => undefined)
  }, { immediate: true })
  return {
    titleOf: (duty, own) => own || words.value?.duties[duty] || duty,
    roleName: (role) => words.value?.roles[role] ?? role,
  }
}
