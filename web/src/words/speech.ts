/**
 * Words by key, as every component asks for them: `const { t } = useI18n()`. It stands where `vue-i18n` is named, whose way of asking it
 * keeps: of that library's grammar our words use `{name}`, `@:key` and `@.capitalize:key`, which is not worth 18 kB on a phone's line. A
 * word that goes with a number has both its forms: `{count} {count|order|orders}`.
 */
import { ref, shallowRef, type App, type Ref } from 'vue'
import type { Tree } from './gather'

export type ComposerTranslation = (key: string, named?: Record<string, unknown>) => string

export interface Speech {
  /** The words of a key with its names filled in; the key itself where there are none. */
  t: ComposerTranslation
  /** Whether the language spoken has words for a key. */
  te: (key: string) => boolean
  locale: Ref<string>
}

const NAME = /\{(\w+)\}/g
const COUNTED = /\{(\w+)\|([^|}]*)\|([^|}]*)\}/g
const LINK = /@(\.capitalize)?:([\w.]*\w)/g

const locale = ref('')
const words = shallowRef<Tree>({})

function wordsAt(key: string): string | undefined {
  const found = Object.hasOwn(words.value, key) ? words.value[key] : undefined
  return typeof found === 'string' ? found : undefined
}

function text(value: unknown): string {
  return value === null || value === undefined ? '' : String(value)
}

const capital = (said: string): string => said.charAt(0).toLocaleUpperCase() + said.slice(1)

const t: ComposerTranslation = (key, named = {}) => {
  const said = wordsAt(key)
  if (said === undefined) return key
  const linked = said.includes('@') ? said.replace(LINK, (_, upper?: string, to = '') => (upper === undefined ? t(to, named) : capital(t(to, named)))) : said
  const counted = linked.includes('|') ? linked.replace(COUNTED, (_, name: string, one: string, more: string) => (text(named[name]) === '1' ? one : more)) : linked
  return counted.replace(NAME, (_, name: string) => text(named[name]))
}

const speech: Speech = { t, te: (key) => wordsAt(key) !== undefined, locale }

export const useI18n = (): Speech => speech

/** From now on these are the words, and everything on the screen says them. */
export function speakWith(language: string, tree: Tree): void {
  words.value = tree
  locale.value = language
}

/** For `app.use`: templates reach the words through `useI18n`, so there is nothing to hang in. */
export const i18n = { global: { ...speech, words }, install: (app: App): App => app }
