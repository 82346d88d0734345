import { createI18n } from 'vue-i18n'
import { ref, type Ref } from 'vue'
import { speak } from '@/api/language'
import { chooseLanguage, LANGUAGES, type Language } from './choose'
import { gatherWords, type Tree } from './gather'

export { LANGUAGES, type Language } from './choose'

const KEY = 'kaibo.language'
const files = import.meta.glob<Tree>(['../**/locales/*.json', '../**/words.json'], { eager: true, import: 'default' })

export const language: Ref<Language> = ref(chooseLanguage(localStorage.getItem(KEY), navigator.languages))

export const i18n = createI18n({
  legacy: false,
  locale: language.value,
  fallbackLocale: 'zh-Hant',
  flatJson: true,
  messages: gatherWords(files),
  missingWarn: import.meta.env.DEV,
  fallbackWarn: import.meta.env.DEV,
})

/** Words by key, for code outside a component; inside one use `useI18n()`. */
export const t = i18n.global.t

export function setLanguage(to: Language): void {
  localStorage.setItem(KEY, to)
  use(to)
}

function use(to: Language): void {
  language.value = to
  i18n.global.locale.value = to
  document.documentElement.lang = to
  speak(to)
}

use(language.value)

export const LANGUAGE_NAMES: Record<Language, string> = { 'zh-Hant': '繁體中文', 'zh-Hans': '简体中文', en: 'English' }
export const isLanguage = (value: string): value is Language => (LANGUAGES as readonly string[]).includes(value)
