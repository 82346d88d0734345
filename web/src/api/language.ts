/** The language the server's words come in; set by the i18n module, read by every request. */
let current = 'zh-Hant'

export function speak(language: string): void {
  current = language
}

export function spoken(): string {
  return current
}

/** The words of the screen for what no server says; set by the i18n module too, which waits for its words: who imported it here would wait for itself. */
let words = (key: string, named: Record<string, unknown>): string => [key, ...Object.values(named)].join(' ')

export function sayWith(say: typeof words): void {
  words = say
}

export const said = (key: string, named: Record<string, unknown> = {}): string => words(key, named)
