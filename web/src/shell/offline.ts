/** Pages that open without a network: the browser keeps what they are made of. Only where it lets us (https, or this very machine). */
export function keepPages(): void {
  if (!('serviceWorker' in navigator) || import.meta.env.DEV) return
  navigator.serviceWorker.addEventListener('message', (event: MessageEvent<{ go?: string }>) => {
    if (typeof event.data.go === 'string' && event.data.go.startsWith('#/')) window.location.hash = event.data.go
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
