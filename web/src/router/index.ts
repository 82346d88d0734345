import { createRouter, createWebHashHistory, type RouteLocationNormalized, type RouteLocationRaw, type RouteRecordRaw } from 'vue-router'
import { mustSetUp, session } from '@/api'
import ConsolePage from '@/shell/ConsolePage.vue'
import { bareAt, consolesOf, landing, loadConsole } from './consoles'

declare module 'vue-router' {
  interface RouteMeta {
    /** No session needed. */
    open?: boolean
    /** The page fills the screen, without the bar. */
    bare?: boolean
  }
}

const routes: RouteRecordRaw[] = [
  { path: '/', name: 'shows', component: () => import('@/shell/ShowsPage.vue') },
  { path: '/sign-in', name: 'sign-in', component: () => import('@/shell/SignInPage.vue'), meta: { open: true, bare: true } },
  { path: '/link/:secret', name: 'link', component: () => import('@/shell/LinkPage.vue'), props: true, meta: { open: true, bare: true } },
  { path: '/monitor/:token', name: 'monitor', component: () => import('@/shell/MonitorPage.vue'), props: true, meta: { open: true, bare: true } },
  { path: '/ack/:token', name: 'ack', component: () => import('@/shell/AckPage.vue'), props: true, meta: { open: true, bare: true } },
  { path: '/team', name: 'team', component: () => import('@/shell/TeamPage.vue') },
  { path: '/account', name: 'account', component: () => import('@/shell/account/AccountPage.vue') },
  { path: '/audit', name: 'audit', component: () => import('@/shell/account/AuditPage.vue') },
  { path: '/tasks', name: 'tasks', component: () => import('@/shell/TasksPage.vue') },
  { path: '/charter', name: 'charter', component: () => import('@/shell/CharterPage.vue') },
  { path: '/review', name: 'review', component: () => import('@/shell/ReviewPage.vue') },
  { path: '/show/:showId', name: 'show', component: ConsolePage },
  { path: '/show/:showId/:console', name: 'console', component: ConsolePage, props: true },
  { path: '/events/:showId', name: 'events', component: () => import('@/shell/EventsPage.vue'), props: true },
  { path: '/:rest(.*)*', name: 'nowhere', component: () => import('@/shell/NowherePage.vue') },
]

export const router = createRouter({ history: createWebHashHistory(), routes })

router.beforeEach(async (to) => {
  if (to.meta.open === true && to.name !== 'sign-in') return true
  if (!session.known && session.me === null) await session.begin()
  if (to.name === 'sign-in') return session.me === null || afterSignIn(to.query['next'])
  if (session.me !== null) return to.name !== 'account' && mustSetUp(session.me) ? { name: 'account' } : to.name === 'show' ? atOwn(to, session.me.roles) : enter(to)
  return { name: 'sign-in', query: to.fullPath === '/' ? {} : { next: to.fullPath } }
})

/** Where one wanted to go before one had to sign in; only ever a page of ours. */
export function afterSignIn(next: unknown): string {
  return typeof next === 'string' && next.startsWith('/') ? next : '/'
}

/** A show without a console: the one of one's own roles; for a message one that has a channel beside it. */
function atOwn(to: RouteLocationNormalized, roles: readonly string[]): RouteLocationRaw {
  const own = landing('live', roles) ?? 'director'
  const beside = to.query['message'] !== undefined && bareAt(own) ? consolesOf(roles).find((name) => !bareAt(name)) : undefined
  return { name: 'console', params: { ...to.params, console: beside ?? own }, query: to.query, replace: true }
}

/** A console's code is here before its page is, so that the bar never flashes over a full screen. */
async function enter(to: RouteLocationNormalized): Promise<boolean> {
  if (to.name !== 'console') return true
  const load = loadConsole(String(to.params['console']))
  const found = load === null ? null : await load().catch(() => null)
  to.meta.bare = found?.bare === true
  return true
}
