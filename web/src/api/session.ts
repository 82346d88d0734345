import { reactive } from 'vue'
import { lastMe, rememberMe, who } from './me'
import { showPasskey } from './passkeys'
import { Refused } from './refused'
import type { Me, ShowDuties } from './seam'
import { read, write } from './send'

/** A server that is there answers sooner. */
const SLOW_MS = 1_500

export interface Session {
  /** Who is signed in; null when nobody is. */
  readonly me: Me | null
  /** What one may do in the show one looks at; null at none, or before it is known. */
  readonly here: ShowDuties | null
  /** True once `load` has answered. */
  known: boolean
  load(): Promise<Me | null>
  /** For a page that opens: who one is, or, where no answer comes for a moment, who one was here last. */
  begin(): Promise<void>
  /** Signs in, or gives the step that goes with the code which is asked for next; '' when one is in. */
  signIn(name: string, password: string): Promise<string>
  secondStep(step: string, code: string): Promise<void>
  /** Sign in by a passkey of this device. */
  byPasskey(): Promise<void>
  signOut(): Promise<void>
  /** A page that only shows, by a monitor's link; gives the show. */
  openScreen(token: string): Promise<string>
  /** Use a one-time link (owner's or an invitation), or give the step that goes with the code which is asked for next; '' when one is in. */
  claimLink(secret: string): Promise<string>
  /** `current` is the one that is set, where it is asked for. */
  setPassword(password: string, current: string): Promise<void>
}

export const session: Session = reactive({
  get me() {
    return who.me
  },
  get here() {
    return who.here
  },
  known: false,

  async load(): Promise<Me | null> {
    try {
      who.me = await read('get /api/me', {})
    } catch (error) {
      if (!(error instanceof Refused) || error.status !== 401) throw error
      who.me = null
    }
    rememberMe(who.me)
    session.known = true
    return session.me
  },

  async begin(): Promise<void> {
    const last = lastMe()
    const loading = session.load().catch(() => null)
    await (last === null ? loading : Promise.race([loading, new Promise((resolve) => setTimeout(resolve, SLOW_MS))]))
    if (!session.known) who.me ??= last
  },

  async signIn(name: string, password: string): Promise<string> {
    const { step } = await write('post /api/session', {}, { name, password })
    if (step === '') await session.load()
    return step
  },

  async secondStep(step: string, code: string): Promise<void> {
    await write('post /api/session/step', {}, { step, code })
    await session.load()
  },

  async byPasskey(): Promise<void> {
    const { ask, options } = await write('post /api/session/passkey/ask', {}, undefined)
    await write('post /api/session/passkey', {}, { ask, credential: await showPasskey(options) })
    await session.load()
  },

  async signOut(): Promise<void> {
    await write('delete /api/session', {}, undefined)
    who.me = null
    rememberMe(null)
  },

  async openScreen(token: string): Promise<string> {
    const { show_id } = await write('post /api/session/screen', {}, { token })
    await session.load()
    return show_id
  },

  async claimLink(secret: string): Promise<string> {
    const { step } = await write('post /api/session/link', {}, { link: secret })
    if (step === '') await session.load()
    return step
  },

  async setPassword(password: string, current: string): Promise<void> {
    await write('post /api/me/password', {}, { password, current })
  },
})

let looking = ''
let going = ''
let again = false

/** From now on one looks at this show, null at none: `can` says what one may do there. What cannot be asked now stays as it was known. */
export async function lookAt(showId: string | null): Promise<void> {
  looking = showId ?? ''
  if (who.here?.show_id !== showId) who.here = null
  if (showId === null) return
  if (going === showId) return void (again = true) // what changed meanwhile may have come too late for the answer on its way
  going = showId
  do {
    again = false
    const answer = await read('get /api/shows/{show_id}/duties', { show_id: showId }).catch(() => null)
    if (answer !== null && looking === showId) who.here = answer
  } while (again && looking === showId)
  if (going === showId) going = ''
}
