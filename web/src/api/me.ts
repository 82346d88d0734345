import { reactive } from 'vue'
import type { Me } from './seam'

/** Who is signed in, as far as the server last said; both the sending and the session look here. */
export const who = reactive({ me: null as Me | null })

/** Does the charter give one this duty? A screen offers what one may do; the server guards it all the same. */
export function can(duty: string): boolean {
  return who.me?.duties.includes(duty) === true
}
