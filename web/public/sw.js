/* Keeps the pages and their parts on this machine, so that a screen that is opened again without a network still opens. What
   it shows then is the screen's own last state, with its age; nothing of /api is ever kept here. */
const KEPT = 'kaibo-shell'
const PARTS_MAX = 400

self.addEventListener('install', () => self.skipWaiting())
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))

/** What a page has loaded before we were there. */
self.addEventListener('message', (event) => {
  const urls = Array.isArray(event.data?.keep) ? event.data.keep : []
  event.waitUntil(keepAll(urls.filter(mine)))
})

self.addEventListener('fetch', (event) => {
  const { request } = event
  if (request.method !== 'GET' || !mine(request.url)) return
  if (request.mode === 'navigate') event.respondWith(page(event))
  else if (new URL(request.url).pathname.includes('/assets/')) event.respondWith(part(event))
})

/** Somebody is asked something while no page is in front: shown until it is looked at, and said to have come. */
self.addEventListener('push', (event) => {
  const note = event.data?.json() ?? null
  if (note !== null) event.waitUntil(told(note))
})
self.addEventListener('notificationclick', (event) => {
  event.notification.close()
  event.waitUntil(opened(event.notification.data?.url ?? ''))
})

/** A page that is in front and shows it has its own strip, rings and says by itself that it came. Over what the host reads nothing is ever shown: it did not come then. */
async function told(note) {
  const pages = await self.clients.matchAll({ type: 'window' })
  const front = pages.find((page) => page.focused && page.visibilityState === 'visible')
  const said = front === undefined ? null : await answer(front, { shows: note.tag })
  if (said?.shown || said?.bare) return
  const { title, body, tag, url, urgent } = note
  const over = note.over && (await isOver(note))
  const loud = urgent && !over
  await self.registration.showNotification(title, { body: over ? note.over : body, tag, data: { url }, icon: './icon.svg', renotify: loud, requireInteraction: loud, silent: over || undefined, vibrate: over ? undefined : loud ? [200, 100, 200, 100, 200] : [100] })
  if (!over) await met(note)
}

/** What a page answers in time; null for nothing. */
function answer(page, question) {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = (event) => resolve(event.data)
    setTimeout(() => resolve(null), 300)
    page.postMessage(question, [port2])
  })
}

const pathOf = (stream) => `./api/streams/${stream.split('/').map(encodeURIComponent).join('/')}`

/** A phone that was off for a while: is it still asked? Not known is yes. */
async function isOver(note) {
  const calls = await fetch(`${pathOf(note.meet)}/views/channel.calls`, { credentials: 'same-origin' }).then((found) => (found.ok ? found.json() : null)).catch(() => null)
  return calls !== null && calls.rows[note.tag]?.stage !== 'open'
}

/** That it came is said by the phone it came to, by the session it has; where there is none nobody says it. */
async function met(note) {
  if (!note.meet) return
  const who = await fetch('./api/me', { credentials: 'same-origin' }).then((answer) => (answer.ok ? answer.json() : null)).catch(() => null)
  if (!who?.csrf) return
  const address = `${pathOf(note.meet)}/commands/channel.meet`
  const headers = { 'Content-Type': 'application/json', 'X-Kaibo-CSRF': who.csrf }
  await fetch(address, { method: 'POST', credentials: 'same-origin', headers, body: JSON.stringify({ message_id: note.tag, met: 'arrived' }) }).catch(() => null)
}

async function opened(url) {
  const address = new URL(url, self.registration.scope).href
  const pages = await self.clients.matchAll({ type: 'window' })
  for (const page of pages.filter((one) => one.url.startsWith(self.registration.scope))) {
    if (!(await answer(page, { go: url }))?.went) continue // the host's screen and walls are led nowhere
    return page.focus()
  }
  return self.clients.openWindow(address)
}

function mine(url) {
  const { origin, pathname } = new URL(url, self.location.href)
  return origin === self.location.origin && !pathname.startsWith('/api/')
}

/** The page as the server has it now, else as it was. */
async function page(event) {
  try {
    return keeping(event, await fetch(event.request))
  } catch (error) {
    const kept = await found(event.request, { ignoreSearch: true })
    if (kept) return kept
    throw error
  }
}

/** A part has its content in its name: what is kept is right for ever. */
async function part(event) {
  return (await found(event.request)) ?? keeping(event, await fetch(event.request))
}

/** What is kept of it. Where nothing can be read nothing is kept: the network has it. */
async function found(request, options) {
  try {
    return await (await caches.open(KEPT)).match(request, options)
  } catch {
    return undefined
  }
}

/** Hands it on at once, and keeps it beside: no screen waits for that, and none is lost where the disk is full. */
function keeping(event, answer) {
  if (answer.ok) event.waitUntil(keep(event.request, answer.clone()).catch(() => undefined))
  return answer
}

async function keep(request, answer) {
  const cache = await caches.open(KEPT)
  await cache.put(request, answer)
  const keys = await cache.keys()
  for (const old of keys.slice(0, Math.max(0, keys.length - PARTS_MAX))) await cache.delete(old)
}

async function keepAll(urls) {
  const cache = await caches.open(KEPT)
  for (const url of new Set(urls)) {
    if (await cache.match(url)) continue
    const answer = await fetch(url).catch(() => null)
    if (answer?.ok) await keep(url, answer).catch(() => undefined)
  }
}
