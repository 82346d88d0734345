import { reactive } from 'vue'
import type { Me, ShowDuties } from './seam'

/** Who is signed in, as far as the server last said, and what they may do in the show they look at; both the sending and the session look here. */
export const who = reactive({ me: null as Me | null, here: null as ShowDuties | null })

const KEPT = 'kaibo.me'

/** Who was signed in here last, for a screen that is opened again without a network; without the means to do anything. */
export function lastMe(): Me | null {
  try {
    const kept = JSON.parse(localStorage.getItem(KEPT) ?? 'null') as Me | null
    return kept === null ? null : { ...kept, consoles: kept.consoles ?? {} }
  } catch {
    return null
  }
}

/** Remember who is signed in here; null: nobody any more. */
export function rememberMe(me: Me | null): void {
  try {
    if (me === null) localStorage.removeItem(KEPT)
    else localStorage.setItem(KEPT, JSON.stringify({ ...me, csrf: '' }))
  } catch {
    // A forbidden store: the next screen without a network asks to sign in.
  }
}

/** The server lets whoever lacks a second step that is asked of them do nothing but set one. */
export function mustSetUp(me: Me): boolean {
  return (me.step_by ?? null) !== null && (me.step_by ?? 0) <= Date.now()
}

/** The roles one holds, and those one stands in for in the show one looks at. */
export function rolesHere(): readonly string[] {
  return [...(who.me?.roles ?? []), ...(who.here?.stands_in ?? [])]
}

/** Does the charter give one this duty, in the show one looks at as it stands? A screen offers what one may do; the server guards it all the same. */
export function can(duty: string): boolean {
  return (who.here ?? who.me)?.duties.includes(duty) === true
}

/** The roles that must agree before a command of this duty counts, in the show one looks at; none: it is done when one says it. */
export function asksFirst(duty: string): readonly string[] {
  return who.here?.asks[duty] ?? []
}
