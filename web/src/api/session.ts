import { reactive } from 'vue'
import { lastMe, rememberMe, who } from './me'
import { Refused } from './refused'
import type { Me } from './seam'
import { read, write } from './send'

export interface Session {
  /** Who is signed in; null when nobody is. */
  readonly me: Me | null
  /** True once `load` has answered. */
  known: boolean
  load(): Promise<Me | null>
  signIn(name: string, password: string): Promise<void>
  signOut(): Promise<void>
  /** Use a one-time link (owner's or an invitation). */
  claimLink(secret: string): Promise<void>
  setPassword(password: string): Promise<void>
}

export const session: Session = reactive({
  get me() {
    return who.me
  },
  known: false,

  async load(): Promise<Me | null> {
    try {
      who.me = await read('get /api/me', {})
    } catch (error) {
      if (error instanceof Refused && error.code === 'network.lost' && who.me === null) who.me = lastMe()
      if (!(error instanceof Refused) || error.status !== 401) throw error
      who.me = null
    }
    rememberMe(who.me)
    session.known = true
    return session.me
  },

  async signIn(name: string, password: string): Promise<void> {
    await write('post /api/session', {}, { name, password })
    await session.load()
  },

  async signOut(): Promise<void> {
    await write('delete /api/session', {}, undefined)
    who.me = null
    rememberMe(null)
  },

  async claimLink(secret: string): Promise<void> {
    await write('post /api/session/link', {}, { link: secret })
    await session.load()
  },

  async setPassword(password: string): Promise<void> {
    await write('post /api/me/password', {}, { password })
  },
})
