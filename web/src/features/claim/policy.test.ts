import { describe, expect, it } from 'vitest'
import type { Policy } from '@/api'
import { formOf, policyOf, rebased } from './policy'

const seen: Policy = { capture: 'always', hold_minutes: 10, per_buyer_limit: null, duplicate: 'add', repeat_ms: 5000, waitlist: true, cancel_by_comment: false }

describe('how claims are taken', () => {
  it('asks for what was changed and keeps what the form does not show', () => {
    expect(policyOf(formOf(seen), seen)).toEqual(seen)
    expect(policyOf({ ...formOf(seen), hold: '', limit: '3' }, seen)).toEqual({ ...seen, hold_minutes: 0, per_buyer_limit: 3 })
  })
  it('keeps what I changed and takes over what others did', () => {
    const mine = { ...formOf(seen), hold: '20', limit: '3' }
    const now: Policy = { ...seen, per_buyer_limit: 2, waitlist: false }
    expect(rebased(mine, seen, now)).toEqual({ ...formOf(now), hold: '20', limit: '3' })
    expect(rebased(formOf(seen), seen, now)).toEqual(formOf(now))
  })
})
