import { ref, type Ref } from 'vue'
import { sayWith, speak } from '@/api/language'
import { LANGUAGES, type Language } from './choose'
import { firstLanguage, KEY, laterWordsOf, wordsOf } from './files'
import { i18n, speakWith } from './speech'

export { LANGUAGES, type Language } from './choose'
export { i18n } from './speech'

export const language: Ref<Language> = ref(firstLanguage())

/** Words by key, for code outside a component; inside one use `useI18n()`. */
export const t = i18n.global.t
sayWith((key, named) => t(key, named))

/** Speak another language from now on. Rejects where its words cannot be read: then the old one goes on. */
export async function setLanguage(to: Language): Promise<void> {
  await use(to)
  localStorage.setItem(KEY, to)
}

let whole = false

/** Have the words of what is read afterwards too: whoever says them waits for it. Rejects where they cannot be read. */
export async function wholeWords(): Promise<void> {
  if (whole) return
  const spoken = language.value
  const words = { ...(await wordsOf(spoken)), ...(await laterWordsOf(spoken)) }
  if (language.value !== spoken) return wholeWords()
  speakWith(spoken, words)
  whole = true
}

async function use(to: Language): Promise<void> {
  speakWith(to, { ...(await wordsOf(to)), ...(whole ? await laterWordsOf(to) : {}) })
  language.value = to
  document.documentElement.lang = to
  speak(to)
}

await use(language.value)

export const LANGUAGE_NAMES: Record<Language, string> = { 'zh-Hant': '繁體中文', 'zh-Hans': '简体中文', en: 'English' }
export const isLanguage = (value: string): value is Language => (LANGUAGES as readonly string[]).includes(value)
