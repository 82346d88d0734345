import { describe, expect, it } from 'vitest'
import { answered, jumpKey, jumpPlace, mayGo, moved, openGate, pressed } from './keys'

describe('the GO gate', () => {
  it('is open for a next cue, shut without one', () => {
    expect(mayGo(openGate(), 'c2', 0)).toBe(true)
    expect(mayGo(openGate(), null, 0)).toBe(false)
  })
  it('is shut while the log has not answered', () => expect(mayGo(pressed('c2', 0), 'c3', 10_000)).toBe(false))
  it('swallows a second press within 300 ms, even for the next cue', () => {
    const gate = answered(pressed('c2', 0), true)
    expect(mayGo(gate, 'c3', 299)).toBe(false)
    expect(mayGo(gate, 'c3', 300)).toBe(true)
  })
  it('never fires twice for the name still on the button', () => {
    expect(mayGo(answered(pressed('c2', 0), true), 'c2', 5_000)).toBe(false)
  })
  it('may be pressed again after a refusal', () => {
    expect(mayGo(answered(pressed('c2', 0), false), 'c2', 5_000)).toBe(true)
  })
})

describe('a jump by number', () => {
  const type = (keys: string): { text: string | null; to?: number } =>
    [...keys].reduce<{ text: string | null; to?: number }>((now, key) => jumpKey(now.text ?? '', key, 12), { text: '' })

  it('goes to the number people see', () => expect(jumpKey('12', 'Enter', 12)).toEqual({ text: null, to: 11 }))
  it('stays open for a number outside the rundown: never wraps', () => {
    expect(jumpKey('13', 'Enter', 12)).toEqual({ text: '13' })
    expect(jumpKey('0', 'Enter', 12)).toEqual({ text: '0' })
    expect(jumpKey('', 'Enter', 12)).toEqual({ text: '' })
  })
  it('takes four digits at most, and nothing else', () => expect(type('1x23456').text).toBe('1234'))
  it('corrects and cancels', () => {
    expect(jumpKey('12', 'Backspace', 12).text).toBe('1')
    expect(jumpKey('12', 'Escape', 12).text).toBeNull()
  })
  it('finds no place in an empty rundown', () => expect(jumpPlace('1', 0)).toBeNull())
})

it('stops the selection at both ends', () => {
  expect([moved(0, -1, 3), moved(2, 1, 3), moved(1, 1, 3), moved(0, 1, 0)]).toEqual([0, 2, 2, -1])
})
