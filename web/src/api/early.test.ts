import { beforeEach, expect, it, vi } from 'vitest'
import { askEarly } from './early'
import { read, write } from './send'

const asked: string[] = []
beforeEach(() => {
  asked.length = 0
  vi.stubGlobal('fetch', (path: string, init: RequestInit) => {
    asked.push(`${init.method ?? 'GET'} ${path}`)
    return Promise.resolve(new Response('null'))
  })
})

it('who one is, is asked once, before the app that wants to know is here', async () => {
  askEarly('en')
  await read('get /api/me', {})
  expect(asked).toEqual(['GET /api/me'])
  await read('get /api/me', {})
  expect(asked).toEqual(['GET /api/me', 'GET /api/me'])
})

it('after a link is claimed it is asked again', async () => {
  askEarly('en')
  await write('post /api/session/link', {}, { link: 'x' })
  await read('get /api/me', {})
  expect(asked).toEqual(['GET /api/me', 'POST /api/session/link', 'GET /api/me'])
})
