import { reactive } from 'vue'
import type { Me } from './seam'

/** Who is signed in, as far as the server last said; both the sending and the session look here. */
export const who = reactive({ me: null as Me | null })

const KEPT = 'kaibo.me'

/** Who was signed in here last, for a screen that is opened again without a network; without the means to do anything. */
export function lastMe(): Me | null {
  try {
    return JSON.parse(localStorage.getItem(KEPT) ?? 'null') as Me | null
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

/** Does the charter give one this duty? A screen offers what one may do; the server guards it all the same. */
export function can(duty: string): boolean {
  return who.me?.duties.includes(duty) === true
}
