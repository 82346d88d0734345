import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Refused, send, whyOf, write } from '.'
import { t } from '@/words'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})
const answer = (status: number, body: unknown): Response => new Response(JSON.stringify(body), { status })

test('a lost request is sent again with the same key', async () => {
  const keys: (string | null)[] = []
  const fetch = vi.fn(async (_path: string, init: RequestInit) => {
    keys.push(new Headers(init.headers).get('Idempotency-Key'))
    if (keys.length < 3) throw new TypeError('network')
    return answer(200, { stream: 'show/x', seq: 7, events: [7] })
  })
  vi.stubGlobal('fetch', fetch)
  const sent = send('show/x', 'rundown.go', { expect_cue_id: 'c2' })
  await vi.advanceTimersByTimeAsync(5000)
  expect((await sent).seq).toBe(7)
  expect(new Set(keys).size).toBe(1)
  expect(fetch.mock.calls[0]?.[0]).toBe('/api/streams/show/x/commands/rundown.go')
})

test('a refusal is not tried again and carries the rule', async () => {
  const fetch = vi.fn(async () => answer(409, { code: 'promo.self_approval', data: { promo_id: 'p1' }, message: '不能核准自己的提案' }))
  vi.stubGlobal('fetch', fetch)
  const refused = await send('show/x', 'promo.approve', { promo_id: 'p1' }).catch((error: unknown) => error)
  expect(refused).toBeInstanceOf(Refused)
  expect(refused).toMatchObject({ code: 'promo.self_approval', status: 409, message: '不能核准自己的提案' })
  expect(fetch).toHaveBeenCalledTimes(1)
})

test('a line that is lost and a proxy that answers are told in words, wherever they are told', async () => {
  vi.stubGlobal('fetch', async () => Promise.reject(new TypeError('Failed to fetch')))
  const lost = await write('post /api/me/step', {}, undefined).catch((error: unknown) => error)
  expect([(lost as Refused).status, whyOf(lost)]).toEqual([0, t('ui.network_lost')])
  vi.stubGlobal('fetch', async () => new Response('<html>Bad gateway', { status: 502 }))
  expect(whyOf(await write('post /api/me/step', {}, undefined).catch((error: unknown) => error))).toBe(t('ui.no_answer', { status: 502 }))
})
