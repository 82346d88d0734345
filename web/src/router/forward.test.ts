import { beforeEach, describe, expect, it, vi } from 'vitest'

const { session } = vi.hoisted(() => ({ session: { me: null as unknown, known: true, begin: vi.fn(() => Promise.resolve(null)) } }))
vi.mock('@/api', () => ({ mustSetUp: () => false, session }))
vi.mock('@/shell/ShowsPage.vue', () => ({ default: { template: '<p />' } }))
vi.mock('@/shell/TeamPage.vue', () => ({ default: { template: '<p />' } }))
vi.mock('@/shell/SignInPage.vue', () => ({ default: { template: '<p />' } }))

const { afterSignIn, router } = await import('./index')

describe('the sign-in page', () => {
  beforeEach(async () => {
    session.me = { person_id: 'mei' }
    session.known = true
    await router.push('/')
  })

  it('sends on who is signed in already, to where they wanted', async () => {
    await router.push('/sign-in?next=/team')
    expect(router.currentRoute.value.fullPath).toBe('/team')
    await router.push('/sign-in')
    expect(router.currentRoute.value.fullPath).toBe('/')
  })

  it('asks the server first when it does not know yet', async () => {
    session.me = null
    session.known = false
    session.begin.mockImplementationOnce(() => {
      session.me = { person_id: 'mei' }
      session.known = true
      return Promise.resolve(null)
    })
    await router.push('/sign-in?next=/team')
    expect(router.currentRoute.value.name).toBe('team')
  })

  it('stands for everybody else', async () => {
    session.me = null
    await router.push('/sign-in?next=/team')
    expect(router.currentRoute.value.name).toBe('sign-in')
    await router.push('/team')
    expect(router.currentRoute.value.fullPath).toBe('/sign-in?next=/team')
  })

  it('never sends to another site', () => {
    expect(afterSignIn('https://evil.example')).toBe('/')
    expect(afterSignIn(['/a'])).toBe('/')
    expect(afterSignIn('/show/x/host')).toBe('/show/x/host')
  })
})
