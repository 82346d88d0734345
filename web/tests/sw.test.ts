// @vitest-environment node
/** The offline shell: what is fetched goes on at once, and nothing is lost where nothing can be kept. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

interface Asked { respondWith(answer: Promise<Response>): void; waitUntil(work: Promise<unknown>): void; request: { method: string; url: string; mode: string } }
const code = readFileSync(`${process.cwd()}/public/sw.js`, 'utf8')
const ASSET = 'http://kaibo/assets/a-123.js'

/** The worker with this cache and this network; gives what a page gets of a url, and what is worked on beside. */
function worker(cache: Partial<Cache>, network: () => Promise<Response>): (url: string, mode?: string) => { answer: Promise<Response>; beside: Promise<unknown>[] } {
  const listens = new Map<string, (event: Asked) => void>()
  const self = { location: new URL('http://kaibo/'), addEventListener: (name: string, act: (event: Asked) => void) => listens.set(name, act) }
  new Function('self', 'caches', 'fetch', code)(self, { open: async () => cache }, network)
  return (url, mode = 'no-cors') => {
    let answer: Promise<Response> | undefined
    const beside: Promise<unknown>[] = []
    listens.get('fetch')!({ request: { method: 'GET', url, mode }, respondWith: (given) => { answer = given }, waitUntil: (work) => { beside.push(work) } })
    if (answer === undefined) throw new Error('left to the browser')
    return { answer, beside }
  }
}
const fresh = (): Promise<Response> => Promise.resolve(new Response('fresh'))
const down = (): Promise<Response> => Promise.reject(new TypeError('no line'))
const FULL = { match: async () => undefined, put: async () => { throw new DOMException('full', 'QuotaExceededError') } }
const LOCKED = { match: async () => { throw new DOMException('no', 'SecurityError') }, put: async () => { throw new DOMException('no', 'SecurityError') } }

test.each([['full', FULL], ['locked', LOCKED]])('a part is not lost where the disk is %s', async (_, cache) => {
  const { answer, beside } = worker(cache, fresh)(ASSET)
  expect(await (await answer).text()).toBe('fresh')
  await expect(Promise.all(beside)).resolves.toEqual([undefined])
})

test('a part does not wait until it is kept', async () => {
  const never = new Promise<void>(() => undefined)
  const { answer } = worker({ match: async () => undefined, put: () => never }, fresh)(ASSET)
  expect(await (await answer).text()).toBe('fresh')
})

test('a page that was kept opens without a line, a part that was kept needs none', async () => {
  const kept = { match: async () => new Response('kept') }
  expect(await (await worker(kept, down)('http://kaibo/', 'navigate').answer).text()).toBe('kept')
  expect(await (await worker(kept, down)(ASSET).answer).text()).toBe('kept')
})

test('what was never kept fails as it does without us, and nothing of the API passes through', async () => {
  await expect(worker(FULL, down)(ASSET).answer).rejects.toThrow('no line')
  expect(() => worker(FULL, fresh)('http://kaibo/api/me')).toThrow('left to the browser')
})
