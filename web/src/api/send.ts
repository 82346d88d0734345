import { spoken } from './language'
import { who } from './me'
import { Refused, refusedFrom } from './refused'

export interface CommandAnswer {
  stream: string
  seq: number
  events: number[]
}

export interface SendOptions {
  /** Act in this one of one's roles. */
  role?: string
  /** Idempotency key; made here when left out. */
  key?: string
}

/** A phone that changes cells is offline for some seconds: three more tries reach across it. */
const RETRY_DELAYS_MS = [300, 1200, 3000]

/** Say a command to a stream. Network losses are retried with the same key, so it happens once. Throws `Refused`. */
export async function send(stream: string, command: string, body: object, opts: SendOptions = {}): Promise<CommandAnswer> {
  const headers: Record<string, string> = { 'Idempotency-Key': opts.key ?? newKey() }
  if (opts.role !== undefined) headers['X-Kaibo-Role'] = opts.role
  const path = `/api/streams/${streamPath(stream)}/commands/${command}`
  return (await mutate('POST', path, body, headers, RETRY_DELAYS_MS)) as CommandAnswer
}

/** Read JSON. Throws `Refused`. */
export async function getJson<T = unknown>(path: string): Promise<T> {
  return (await request('GET', path, undefined, {}, RETRY_DELAYS_MS)) as T
}

/** Upload a form. Not retried: a file may be large, and the person sees the refusal. */
export async function postForm<T = unknown>(path: string, form: FormData): Promise<T> {
  return (await request('POST', path, form, {}, [])) as T
}

/** POST, PUT or DELETE JSON at a route that is no command (session, invitations, tokens). */
export async function mutate(
  method: 'POST' | 'PUT' | 'DELETE',
  path: string,
  body?: object,
  headers: Record<string, string> = {},
  retries: readonly number[] = [],
): Promise<unknown> {
  const json = body === undefined ? undefined : JSON.stringify(body)
  const typed = json === undefined ? headers : { ...headers, 'Content-Type': 'application/json' }
  return request(method, path, json, typed, retries)
}

function streamPath(stream: string): string {
  return stream.split('/').map(encodeURIComponent).join('/')
}

async function request(
  method: string,
  path: string,
  body: BodyInit | undefined,
  headers: Record<string, string>,
  retries: readonly number[],
): Promise<unknown> {
  const response = await attempt(method, path, body, headers, retries)
  if (!response.ok) {
    if (response.status === 401 && !path.startsWith('/api/session')) who.me = null
    throw await refusedFrom(response)
  }
  return response.status === 204 ? null : readBody(response)
}

async function readBody(response: Response): Promise<unknown> {
  const text = await response.text()
  return text === '' ? null : (JSON.parse(text) as unknown)
}

async function attempt(
  method: string,
  path: string,
  body: BodyInit | undefined,
  headers: Record<string, string>,
  retries: readonly number[],
): Promise<Response> {
  const all: Record<string, string> = { Accept: 'application/json', 'Accept-Language': spoken(), ...headers }
  if (method !== 'GET') all['X-Kaibo-CSRF'] = who.me?.csrf ?? ''
  for (let tries = 0; ; tries += 1) {
    try {
      return await fetch(path, { method, headers: all, body: body ?? null, credentials: 'same-origin' })
    } catch (error) {
      const delay = retries[tries]
      if (delay === undefined) throw new Refused('network.lost', 0, {}, String(error))
      await new Promise((resolve) => setTimeout(resolve, delay))
    }
  }
}

/** 128 random bits. Not `crypto.randomUUID`: that is missing when a tablet opens the server by its plain address. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
