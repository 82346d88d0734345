import { describe, expect, it } from 'vitest'
import type { HeldRow, WordRule } from '@/api'
import { heldOf, linesOf, phraseFor } from './held'

const row = (at: number): HeldRow => ({ at, held_at: at, viewer: 'v', name: 'n', text: 't', source: 's', why: 'word', marked: false, rule_id: 'r', how: 'exact', action_id: 'a', by: '' })

describe('what is hidden', () => {
  it('shows the newest first', () => {
    expect(heldOf(new Map([['1:0', row(1)], ['2:0', row(3)], ['1:1', row(2)]])).map((one) => one.ref)).toEqual(['2:0', '1:1', '1:0'])
  })
  it('offers a short comment whole, and of a long one the word with its neighbours', () => {
    expect(phraseFor(' 媽媽的奶粉 ', '媽的')).toBe('媽媽的奶粉')
    expect(phraseFor('請問這款媽媽的奶粉跟上次那款有什麼不同', '媽媽的')).toBe('問這款媽媽的奶粉跟')
    expect(phraseFor('一二三四五六七八九十一二三四', '沒有')).toBe('一二三四五六七八九十一二三四')
  })
  it('takes each pasted line once, without what is there', () => {
    const known = [{ text: '加賴' } as WordRule]
    expect(linesOf('加賴\r\n 詐騙 \n\n詐騙\n假貨', known)).toEqual(['詐騙', '假貨'])
  })
})
