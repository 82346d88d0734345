/** The language the server's words come in; set by the i18n module, read by every request. */
let current = 'zh-Hant'

export function speak(language: string): void {
  current = language
}

export function spoken(): string {
  return current
}
