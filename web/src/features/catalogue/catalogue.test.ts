import { describe, expect, it } from 'vitest'
import type { ProductCard } from '@/api'
import { cellValue, editText, parseDoubts, promoMark } from './productCells'
import cases from './variants.cases.json'
import { inOneCell, parted } from './variants'

const words = { hero: '主推' }
const read = (text: string, column: string) => cellValue(text, column, 'TWD', words)

describe('a product cell', () => {
  it('reads prices in major units and stock as whole numbers', () => {
    expect(read('1,580', 'live_price_minor')).toEqual({ value: 158_000 })
    expect(read('299.5', 'cost_minor')).toEqual({ value: 29_950 })
    expect(read('', 'list_price_minor')).toEqual({ value: null })
    expect(read('12.5', 'stock')).toEqual({ wrong: 'count' })
    expect(read('一百', 'live_price_minor')).toEqual({ wrong: 'money' })
  })
  it('reads variants with the usual separators', () => {
    expect(read('粉、白、黑', 'variants')).toEqual({ value: ['粉', '白', '黑'] })
    expect(read('S/M/L', 'variants')).toEqual({ value: ['S', 'M', 'L'] })
    expect(read('黑/白\n', 'variants')).toEqual({ value: ['黑/白'] })
  })
  it.each(cases as unknown as [string, string[], boolean][])('reads the variants of %j as a sheet does', (text, variants, guessed) => {
    expect(parted(text)).toEqual({ variants, guessed })
    expect(parted(inOneCell(variants)).variants).toEqual(variants)
    expect(read(editText(variants, 'variants', 'TWD'), 'variants')).toEqual({ value: variants })
  })
  it('keeps the id and asks for a name', () => {
    expect(read('A9', 'product_id')).toEqual({ wrong: 'read_only' })
    expect(read(' ', 'name')).toEqual({ wrong: 'name' })
  })
  it('knows item roles by their words', () => {
    expect(read('主推', 'item_type')).toEqual({ value: 'hero' })
    expect(['福利款', '爆款', '高客單', 'Hook'].map((word) => read(word, 'item_type'))).toEqual(['welfare', 'hero', 'image', 'traffic'].map((value) => ({ value })))
    expect(read('', 'item_type')).toEqual({ value: '' })
  })
})

describe('the mark of a promo', () => {
  const words = (key: string, named?: Record<string, unknown>): string => `${key} ${String(named?.['price'])}`
  const card = (kinds: ProductCard['promo_kinds'], price: number, held: number | null): ProductCard =>
    ({ promo_kinds: kinds, price_minor: price, promo_price_minor: held, currency: 'TWD' }) as ProductCard
  it('says the price that is on, or on its way', () => {
    expect(promoMark(card(['price'], 39_900, 39_900), words)).toBe('● catalogue.promo.price NT$399')
    expect(promoMark(card(['price', 'gift'], 45_000, 39_900), words)).toBe('● catalogue.promo.price NT$399 · catalogue.promo.gift NT$399')
  })
})

describe('doubts and answers', () => {
  it('read back what they write', () => {
    const doubts = [{ question: '敏感肌可以用嗎', answer: '可以，先於耳後測試' }, { question: '有哪些顏色', answer: '' }]
    expect(parseDoubts(editText(doubts, 'doubts', 'TWD'))).toEqual(doubts)
  })
  it('an answer without a question is not understood', () => {
    expect(parseDoubts('｜可以')).toBeNull()
  })
})
