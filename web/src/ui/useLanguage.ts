import { computed, type WritableComputedRef } from 'vue'
import { isLanguage, language, LANGUAGE_NAMES, LANGUAGES, setLanguage } from '@/words'
import { useAttempt } from './say'

/** The language spoken, to read and to choose; where its words cannot be read, a toast says so and the old one stays. */
export function useLanguage(): { spoken: WritableComputedRef<string>; languages: { value: string; label: string }[] } {
  const attempt = useAttempt()
  const choose = (to: string): void => {
    if (isLanguage(to)) void attempt(() => setLanguage(to))
  }
  return {
    spoken: computed({ get: () => language.value, set: choose }),
    languages: LANGUAGES.map((id) => ({ value: id, label: LANGUAGE_NAMES[id] })),
  }
}
