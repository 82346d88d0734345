import { expect, it } from 'vitest'
import { KINDS, needsOf } from './bridge'

it('asks of each messenger what it needs, and of none what it has not', () => {
  expect(Object.fromEntries(KINDS.map((kind) => [kind, needsOf(kind)]))).toEqual({
    dingtalk: { url: true, secret: 'may', target: false },
    feishu: { url: true, secret: 'may', target: false },
    wecom: { url: true, secret: 'none', target: false },
    line: { url: false, secret: 'needed', target: true },
    slack: { url: false, secret: 'needed', target: true },
    webhook: { url: true, secret: 'needed', target: false },
  })
})
