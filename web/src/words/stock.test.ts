import { expect, it } from 'vitest'
import { i18n, setLanguage } from '.'
import { leftText, sizesText } from './stock'

await setLanguage('zh-Hant')
const t = i18n.global.t as (key: string, named?: Record<string, unknown>) => string
const size = (variant: string, left: number | null) => ({ variant, left, oversold: Math.max(0, -(left ?? 0)) })

it('what is oversold of a size does not hide what is left of others', () => {
  expect([leftText(3, 0, t), leftText(3, 2, t), leftText(-2, 2, t)]).toEqual(['3', '超賣 2 · 還有 3', '超賣 2'])
})

it('sizes that are gone stand apart from those that are left', () => {
  expect(sizesText([size('S', 3), size('M', -3), size('L', 0), size('', null)], t)).toEqual({ gone: 'M 超賣 3 · L 已售完', left: 'S 還有 3 · 其他規格 還有' })
  expect(sizesText([], t)).toEqual({ gone: '', left: '' })
})

it('many sizes are named as far as a line goes, and counted', () => {
  expect(sizesText([...'ABCDEFGH'].map((name) => size(name, 0)), t).gone).toBe('A 已售完 · B 已售完 · C 已售完 · D 已售完 · E 已售完 · 另 3 種')
})
