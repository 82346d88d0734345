/** A browser that is told while its page is shut: asked of the browser here, kept by the house. */
import { spoken } from './language'
import { read, write } from './send'
import type { PhoneAdded } from './seam'

/** Why a browser cannot be told: it has no such thing, the page is not opened over https, an iPhone wants the page on its home screen, or its owner said no. */
export type NoPhone = 'unable' | 'insecure' | 'install' | 'denied'

export function whyNoPhone(): NoPhone | null {
  if (!isSecureContext) return 'insecure'
  if (!('serviceWorker' in navigator) || !('PushManager' in window)) return isApple() ? 'install' : 'unable'
  return Notification.permission === 'denied' ? 'denied' : null
}

/** An iPad calls itself a Macintosh; no Macintosh is touched with several fingers. */
const isApple = (): boolean => /iPhone|iPad/.test(navigator.userAgent) || (navigator.userAgent.includes('Macintosh') && navigator.maxTouchPoints > 1)

const wish = (personId: string): string => `kaibo.phone.${personId}`
/** Whether somebody wants to be told on this very browser: it is kept here, because a phone is told only while one is signed in on it. */
export function keepWish(personId: string, on: boolean): void {
  try {
    if (on) localStorage.setItem(wish(personId), '1')
    else localStorage.removeItem(wish(personId))
  } catch {
    // A browser that keeps nothing: it is asked anew by hand.
  }
}

/** After a sign-in: whoever was told here is told again. */
export async function renewPhone(personId: string): Promise<void> {
  if (whyNoPhone() !== null || Notification.permission !== 'granted' || localStorage.getItem(wish(personId)) === null) return
  const [{ key, phones }, here] = await Promise.all([read('get /api/me/phones', {}), thisPhone()])
  if (!phones.some((line) => line.phone_id === here)) await addPhone(key, true)
}

/** Asks its owner, subscribes by the house's `key`, and tells the house. Null: its owner said no. Throws Refused, and what the browser throws. */
export async function addPhone(key: string, again = false): Promise<PhoneAdded | null> {
  if ((await Notification.requestPermission()) !== 'granted') return null
  const ready = await navigator.serviceWorker.getRegistration()
  if (ready === undefined) throw new DOMException('no service worker', 'InvalidStateError') // a browser that keeps nothing
  const made = (await known(ready, key)) ?? (await ready.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytesOf(key) }))
  const { endpoint, keys } = made.toJSON()
  return write('post /api/me/phones', {}, { endpoint: endpoint ?? '', keys: { p256dh: keys?.['p256dh'] ?? '', auth: keys?.['auth'] ?? '' }, language: spoken(), again })
}

/** By another key it was made for another house at this address: it reads nothing of ours. */
async function known(ready: ServiceWorkerRegistration, key: string): Promise<PushSubscription | null> {
  const found = await ready.pushManager.getSubscription()
  if (found === null) return null
  const by = found.options.applicationServerKey
  if (by !== null && textOf(by) === key) return found
  await found.unsubscribe()
  return null
}

/** Which of the phones this browser is: the beginning of SHA-256 of its endpoint. "" where it is none. */
export async function thisPhone(): Promise<string> {
  if (whyNoPhone() !== null) return ''
  const ready = await navigator.serviceWorker.getRegistration()
  const endpoint = (await ready?.pushManager.getSubscription())?.endpoint
  if (endpoint === undefined) return ''
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(endpoint)))
  return Array.from(digest.slice(0, 8), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  const plain = atob(text.replace(/-/g, '+').replace(/_/g, '/'))
  return Uint8Array.from(plain, (sign) => sign.charCodeAt(0))
}
function textOf(bytes: ArrayBuffer): string {
  return btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')
}
