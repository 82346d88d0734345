import { flushPromises } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import { ref, shallowRef } from 'vue'
import { agrees, answered, editOf, mergedText, restored, sendable, settled, shown, stored, withEdit, withoutConfirmed, withState, type Change, type Edit, type Outcome } from './edits'
import { drawn, moved, reordered, span } from './navigation'
import { blockText, isBlock, parseBlock } from './tsv'
import { useEdits } from './useEdits'

const press = (key: string, over: Partial<{ shiftKey: boolean; ctrlKey: boolean }> = {}) => ({ key, shiftKey: false, ctrlKey: false, metaKey: false, ...over })
const extent = { rows: 500, columns: 4, page: 10 }

describe('keys in a sheet', () => {
  it('arrows stop at the edges', () => {
    expect(moved({ row: 0, column: 0 }, press('ArrowUp'), extent)).toEqual({ row: 0, column: 0 })
    expect(moved({ row: 499, column: 3 }, press('ArrowDown'), extent)).toEqual({ row: 499, column: 3 })
    expect(moved({ row: 5, column: 1 }, press('ArrowDown', { ctrlKey: true }), extent)).toEqual({ row: 499, column: 1 })
    expect(moved({ row: 5, column: 1 }, press('PageDown'), extent)).toEqual({ row: 15, column: 1 })
  })
  it('Tab goes on in the next row and leaves the sheet at its ends', () => {
    expect(moved({ row: 0, column: 3 }, press('Tab'), extent)).toEqual({ row: 1, column: 0 })
    expect(moved({ row: 1, column: 0 }, press('Tab', { shiftKey: true }), extent)).toEqual({ row: 0, column: 3 })
    expect(moved({ row: 499, column: 3 }, press('Tab'), extent)).toBeNull()
    expect(moved({ row: 0, column: 0 }, press('x'), extent)).toBeNull()
  })
  it('draws the rows in sight and some more, never beyond the list', () => {
    expect(drawn(0, 640, 64, 500, 6)).toEqual([0, 16])
    expect(drawn(32_000, 640, 64, 500, 6)).toEqual([494, 500])
    expect(drawn(0, 640, 64, 0, 6)).toEqual([0, 0])
  })
  it('moves chosen rows together', () => {
    expect(reordered(['a', 'b', 'c', 'd'], new Set(['a', 'c']), 4)).toEqual(['b', 'd', 'a', 'c'])
    expect(reordered(['a', 'b', 'c', 'd'], new Set(['d']), 0)).toEqual(['d', 'a', 'b', 'c'])
    expect(span(4, 2)).toEqual([2, 4])
  })
})

describe('the clipboard', () => {
  it('reads quoted cells with line breaks, tabs and quotes', () => {
    expect(parseBlock('a\t"b\nc"\t"say ""hi"""\r\nd\t\t\r\n')).toEqual([['a', 'b\nc', 'say "hi"'], ['d', '', '']])
  })
  it('takes a lonely quote as it stands', () => {
    expect(parseBlock('5" 螢幕\tx')).toEqual([['5" 螢幕', 'x']])
    expect(parseBlock('"open\tx')).toEqual([['"open', 'x']])
  })
  it('tells a block from a value', () => {
    expect(isBlock('一句話')).toBe(false)
    expect(isBlock('一句話\n')).toBe(false)
    expect(isBlock('a\tb')).toBe(true)
  })
  it('reads back what it writes', () => {
    const block = [['a', 'b\nc'], ['"x"', '']]
    expect(parseBlock(blockText(block))).toEqual(block)
  })
})

describe('an edit on its way', () => {
  const one = (): Edit[] => withEdit([], 'k1', 'c1', [{ field: 'title', was: '舊', to: '新' }])

  it('shows at once and is dropped when the view shows it', () => {
    const edits = answered(withState(one(), 'k1', 'sending'), 'k1', { kind: 'accepted' })
    expect(shown(edits, 'c1', 'title', '舊')).toBe('新')
    expect(withoutConfirmed(edits, () => '舊')).toHaveLength(1)
    expect(withoutConfirmed(edits, () => '新')).toEqual([])
  })
  it('waits behind the one of its row that is in flight', () => {
    const edits = withEdit(withState(one(), 'k1', 'sending'), 'k2', 'c1', [{ field: 'title', was: '新', to: '更新' }])
    expect(sendable(edits)).toEqual([])
    expect(sendable(withEdit(edits, 'k3', 'c2', [{ field: 'title', was: '', to: 'x' }])).map((edit) => edit.key)).toEqual(['k3'])
  })
  it('typed again while offline stays one draft against the value first seen', () => {
    const edits = withEdit(answered(one(), 'k1', { kind: 'offline' }), 'k2', 'c1', [{ field: 'title', was: '新', to: '更新' }])
    expect(edits).toHaveLength(1)
    expect(edits[0]?.changes).toEqual([{ field: 'title', was: '舊', to: '更新' }])
  })
  it('survives a reload', () => {
    const edits = restored(stored(withState(one(), 'k1', 'sending')))
    expect(edits[0]).toMatchObject({ key: 'k1', state: 'offline' })
    expect(restored('not json')).toEqual([])
  })
  it('keeps what was typed when refused', () => {
    const edits = answered(one(), 'k1', { kind: 'refused', message: '不行' })
    expect(shown(edits, 'c1', 'title', '舊')).toBe('新')
    expect(editOf(edits, 'c1', 'title')?.message).toBe('不行')
  })
})

describe('a conflict', () => {
  const edits = withEdit([], 'k1', 'c1', [{ field: 'title', was: '舊', to: '我的' }, { field: 'fallback', was: '', to: '備案' }])
  const conflict = answered(edits, 'k1', { kind: 'conflict', field: 'title', theirs: '對方的' })[0]!

  it('keeping theirs still sends the other fields', () => {
    expect(settled(conflict, { kind: 'theirs' })).toEqual([{ field: 'fallback', was: '', to: '備案' }])
  })
  it('using mine is said against theirs, so that a third change is not lost either', () => {
    expect(settled(conflict, { kind: 'mine' })[0]).toEqual({ field: 'title', was: '對方的', to: '我的' })
  })
  it('is none when both wrote the same', () => {
    expect(agrees(conflict)).toBe(false)
    expect(agrees({ ...conflict, theirs: '我的' })).toBe(true)
  })
  it('a merge starts from theirs and my own lines', () => {
    expect(mergedText('甲\n乙', '乙\n丙')).toBe('甲\n乙\n丙')
    expect(settled(conflict, { kind: 'merged', value: '對方的' })).toHaveLength(1)
  })
})

describe('useEdits', () => {
  const setUp = (send: (row: string, changes: Change[]) => Promise<Outcome>) => {
    localStorage.clear()
    const rows = shallowRef<Record<string, unknown>>({ title: '舊' })
    const online = ref(true)
    const edits = useEdits({
      storageKey: 'k', online, version: rows, current: (_row, field) => rows.value[field],
      send: async (row, changes) => {
        const outcome = await send(row, changes)
        if (outcome.kind === 'accepted') rows.value = { ...rows.value, ...Object.fromEntries(changes.map((one) => [one.field, one.to])) }
        return outcome
      },
    })
    return { edits, rows, online }
  }

  it('undo says the opposite of the last edit', async () => {
    const { edits, rows } = setUp(async () => ({ kind: 'accepted' }))
    edits.change('c1', [{ field: 'title', was: '舊', to: '新' }])
    await flushPromises()
    expect(rows.value['title']).toBe('新')
    expect(edits.undo()).toBe(true)
    await flushPromises()
    expect(rows.value['title']).toBe('舊')
    expect(edits.undo()).toBe(false)
    expect(edits.edits.value).toEqual([])
  })
  it('keeps a draft while the connection is lost and sends it on return', async () => {
    const { edits, rows, online } = setUp(async () => ({ kind: 'accepted' }))
    online.value = false
    edits.change('c1', [{ field: 'title', was: '舊', to: '新' }])
    await flushPromises()
    expect(edits.edits.value[0]?.state).toBe('offline')
    expect(edits.unsaved.value).toBe(1)
    expect(localStorage.getItem('k')).toContain('新')
    online.value = true
    await flushPromises()
    expect(rows.value['title']).toBe('新')
    expect(edits.unsaved.value).toBe(0)
  })
  it('asks nobody when the other person wrote the same', async () => {
    const { edits } = setUp(async () => ({ kind: 'conflict', field: 'title', theirs: '新' }))
    edits.change('c1', [{ field: 'title', was: '舊', to: '新' }])
    await flushPromises()
    expect(edits.conflict.value).toBeUndefined()
  })
})
