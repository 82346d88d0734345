import { expect, it } from 'vitest'
import { Refused } from '@/api'
import { unitsOf, useEntering, type Enter, type Origin } from './entering'

const from = (buyer: string, asked = 1): Origin => ({ buyer, name: buyer, text: 'A01+1', ref: `1:${buyer}`, productId: 'A01', asked })
const no = new Refused('claim.show_ended', 409, {}, '直播已結束')
const names = (all: readonly Origin[]): string[] => all.map((one) => one.buyer)

/** A server that answers when it is told to. */
function server(): { sent: string[]; enter: Enter; answer: () => Promise<void> } {
  const sent: string[] = []
  const waiting: (() => void)[] = []
  const enter: Enter = (one) => {
    sent.push(one?.buyer ?? '')
    return new Promise((done) => waiting.push(() => { done('entered') }))
  }
  const answer = async (): Promise<void> => {
    waiting.shift()?.()
    await new Promise((turn) => setTimeout(turn))
  }
  return { sent, enter, answer }
}

it('a run that was stopped ends after the one under way, and knows who is left', async () => {
  const { sent, enter, answer } = server()
  const opening = useEntering([from('a'), from('b'), from('c')])
  const ran = opening.run(enter)
  await answer()
  opening.stop()
  await answer()
  expect([await ran, sent, opening.entered.value, names(opening.left.value), opening.pending.value]).toEqual([false, ['a', 'b'], 2, ['c'], false])
})

it('nothing of one opening enters another, also while its last is under way', async () => {
  const { sent, enter, answer } = server()
  const first = useEntering([from('a'), from('b')])
  const ran = first.run(enter)
  first.stop()
  const second = useEntering([from('x'), from('y')])
  await answer()
  await ran
  expect([sent, names(second.left.value), second.entered.value, second.pending.value, second.wrong.value]).toEqual([['a'], ['x', 'y'], 0, false, ''])
})

it('a refusal stops it, and who was entered is not entered again', async () => {
  const sent: string[] = []
  let refuses = true
  const opening = useEntering([from('a'), from('b'), from('c')])
  const enter: Enter = (one) => {
    if (one?.buyer === 'b' && refuses) return Promise.reject(no)
    sent.push(one?.buyer ?? '')
    return Promise.resolve('entered')
  }
  expect([await opening.run(enter), opening.wrong.value, names(opening.left.value)]).toEqual([false, '直播已結束', ['b', 'c']])
  refuses = false
  expect([await opening.run(enter), sent, opening.entered.value]).toEqual([true, ['a', 'b', 'c'], 3])
})

it('counts whom somebody else was quicker with, and goes on', async () => {
  const opening = useEntering([from('a'), from('b'), from('c')])
  expect(await opening.run((one) => Promise.resolve(one?.buyer === 'b' ? 'passed' : 'entered'))).toBe(true)
  expect([opening.entered.value, opening.passed.value, opening.left.value]).toEqual([2, 1, []])
})

it('runs once at a time, and once where nobody is given', async () => {
  const { sent, enter, answer } = server()
  const opening = useEntering([])
  const ran = opening.run(enter)
  expect(await opening.run(enter)).toBe(false)
  await answer()
  expect([await ran, sent]).toEqual([true, ['']])
})

it('enters as many as each asked for; the form speaks for who said no number', () => {
  expect([unitsOf(from('a', 5), 1), unitsOf(from('b', 0), 2), unitsOf(undefined, 3)]).toEqual([5, 2, 3])
})
