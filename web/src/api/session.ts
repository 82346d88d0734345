import { reactive } from 'vue'
import { who, type Me } from './me'
import { Refused } from './refused'
import { getJson, mutate } from './send'

export type { Me } from './me'

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
      who.me = await getJson<Me>('/api/me')
    } catch (error) {
      if (!(error instanceof Refused) || error.status !== 401) throw error
      who.me = null
    }
    session.known = true
    return session.me
  },

  async signIn(name: string, password: string): Promise<void> {
    await mutate('POST', '/api/session', { name, password })
    await session.load()
  },

  async signOut(): Promise<void> {
    await mutate('DELETE', '/api/session')
    who.me = null
  },

  async claimLink(secret: string): Promise<void> {
    await mutate('POST', '/api/session/link', { link: secret })
    await session.load()
  },

  async setPassword(password: string): Promise<void> {
    await mutate('POST', '/api/me/password', { password })
  },
})
