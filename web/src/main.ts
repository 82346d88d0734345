// The first file is small: it asks for all that the first screen needs at once. On a phone's line each question takes half a second.
import './ui/tokens.css'
import './ui/base.css'
import { askEarly } from './api/early'
import { bareAt, consoleAt, loadConsole } from './router/consoles'
import { firstLanguage, wordsOf } from './words/files'

const FAILED = {
  'zh-Hant': '畫面載入失敗，請檢查網路後重新整理。',
  'zh-Hans': '画面载入失败，请检查网络后刷新。',
  en: 'The screen could not be loaded. Check the network, then reload.',
}

function failed(): void {
  const boot = document.querySelector('#boot p')
  if (boot !== null) boot.textContent = FAILED[firstLanguage()]
}

// Whoever needs them afterwards says what went wrong.
const early = (asked: Promise<unknown> | undefined): void => void asked?.catch(() => null)
const name = consoleAt(window.location.hash)
document.querySelector('#boot')?.classList.toggle('framed', name !== null && !bareAt(name))
early(wordsOf(firstLanguage()))
askEarly(firstLanguage())
// A turn later: everything waits for the words and for who one is, so they stand first in the line.
window.setTimeout(() => {
  if (name !== null) early(loadConsole(name)?.())
  import('./app').catch(failed)
})
