import { afterEach, expect, it } from 'vitest'
import { byHand, toClipboard, useCopy } from './copying'
import { toasts } from './toasts'

const had = Object.getOwnPropertyDescriptor(globalThis, 'navigator')
const clipboard = (value: unknown): void => void Object.defineProperty(globalThis, 'navigator', { value: { clipboard: value }, configurable: true })
afterEach(() => {
  if (had) Object.defineProperty(globalThis, 'navigator', had)
  byHand.value = ''
})

it('copies, and says so', async () => {
  const got: string[] = []
  clipboard({ writeText: (words: string) => Promise.resolve(void got.push(words)) })
  await useCopy()('您好', '已複製')
  expect([got, byHand.value, toasts.at(-1)?.text]).toEqual([['您好'], '', '已複製'])
})

it('shows the words where there is no clipboard, or it is closed', async () => {
  clipboard(undefined)
  expect(await toClipboard('您好')).toBe(false)
  await useCopy()('您好', '已複製')
  expect(byHand.value).toBe('您好')
  clipboard({ writeText: () => Promise.reject(new Error('closed')) })
  await useCopy()('再見', '已複製')
  expect(byHand.value).toBe('再見')
})

it('has nothing to copy of nothing', async () => {
  clipboard(undefined)
  await useCopy()('', '已複製')
  expect(byHand.value).toBe('')
})
