import { reactive } from 'vue'
import { Refused } from './refused'
import { getJson, mutate } from './send'

export interface Me {
  person_id: string
  name: string
  roles: string[]
  csrf: string
}

export interface Session {
  /** Who is signed in; null when nobody is. */
  me: Me | null
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
  me: null as Me | null,
  known: false,

  async load(): Promise<Me | null> {
    try {
      session.me = await getJson<Me>('/api/me')
    } catch (error) {
      if (!(error instanceof Refused) || error.status !== 401) throw error
      session.me = null
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
    session.me = null
  },

  async claimLink(secret: string): Promise<void> {
    await mutate('POST', '/api/session/link', { link: secret })
    await session.load()
  },

  async setPassword(password: string): Promise<void> {
    await mutate('POST', '/api/me/password', { password })
  },
})

export function csrfToken(): string {
  return session.me?.csrf ?? ''
}

/** The server says the session is over. */
export function forgetMe(): void {
  session.me = null
}
