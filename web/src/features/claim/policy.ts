/** How a show takes claims, as a form has it, and what becomes of the form when somebody else changed it meanwhile. Pure. */
import type { Policy } from '@/api'

export interface PolicyForm {
  capture: string
  hold: number | string
  limit: number | string
  duplicate: string
  waitlist: boolean
  cancel: boolean
}

export function formOf(policy: Policy): PolicyForm {
  const { capture, hold_minutes: hold, per_buyer_limit: limit, duplicate, waitlist, cancel_by_comment: cancel } = policy
  return { capture, hold, limit: limit ?? '', duplicate, waitlist, cancel }
}

/** What the form asks for; what it has no field for stays as it was seen. */
export function policyOf(form: PolicyForm, seen: Policy): Policy {
  return {
    ...seen,
    capture: form.capture as Policy['capture'],
    hold_minutes: Number(form.hold) || 0,
    per_buyer_limit: form.limit === '' ? null : Number(form.limit),
    duplicate: form.duplicate as Policy['duplicate'],
    waitlist: form.waitlist,
    cancel_by_comment: form.cancel,
  }
}

/** The form over what is so now: what somebody changed in it stays, the rest is as others have made it. */
export function rebased(form: PolicyForm, seen: Policy, now: Policy): PolicyForm {
  const before = formOf(seen)
  const kept = Object.entries(form).filter(([name, value]) => String(value) !== String(before[name as keyof PolicyForm]))
  return { ...formOf(now), ...Object.fromEntries(kept) }
}
