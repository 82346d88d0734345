import { bareAt, consoleAt } from '@/router/consoles'

/** The host's screen and walls: nothing of a channel stands there, and nothing leads away from them. */
const isBare = (): boolean => window.location.hash.startsWith('#/monitor/') || bareAt(consoleAt(window.location.hash) ?? '')

/** Pages that open without a network: the browser keeps what they are made of. Only where it lets us (https, or this very machine). */
export function keepPages(): void {
  if (!('serviceWorker' in navigator) || import.meta.env.DEV) return
  navigator.serviceWorker.addEventListener('message', (event: MessageEvent<{ go?: string; shows?: string }>) => {
    const { go, shows } = event.data
    const bare = isBare()
    if (shows !== undefined) event.ports[0]?.postMessage({ bare, shown: document.querySelector(`[data-asks="${CSS.escape(shows)}"]`) !== null })
    if (go?.startsWith('#/') !== true) return
    if (!bare) window.location.hash = go
    event.ports[0]?.postMessage({ went: !bare })
  })
  void navigator.serviceWorker
    .register('./sw.js')
    .then(() => navigator.serviceWorker.ready)
    .then((ready) => {
      const loaded = performance.getEntriesByType('resource').map((one) => one.name)
      ready.active?.postMessage({ keep: [location.href.split('#')[0], ...loaded.filter((url) => url.includes('/assets/'))] })
    })
    .catch(() => null) // without it everything is as before, only not without a network
}
