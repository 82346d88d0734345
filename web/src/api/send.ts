import { takeEarly } from './early'
import { said, spoken } from './language'
import { who } from './me'
import { Refused, refusedFrom } from './refused'
import type { Commands, Operations, Receipt } from './seam'

export interface SendOptions {
  /** Act in this one of one's roles. */
  role?: string
  /** Idempotency key; made here when left out. */
  key?: string
}

/** A phone that changes cells is offline for some seconds: three more tries reach across it. */
const RETRY_DELAYS_MS = [300, 1200, 3000]
const ACCEPTED = 202
const JSON_TYPE = { 'Content-Type': 'application/json' }

/** Says a command to one stream; false when it was refused. */
export type Say = <K extends keyof Commands>(command: K, body: Commands[K]) => Promise<boolean>

/** Say a command to a stream. Network losses are retried with the same key, so it happens once. Throws `Refused`, also when somebody must agree first: nothing is done yet. */
export async function send<K extends keyof Commands>(stream: string, command: K, body: Commands[K], opts: SendOptions = {}): Promise<Receipt> {
  const headers: Record<string, string> = { 'Idempotency-Key': opts.key ?? newKey(), ...JSON_TYPE }
  if (opts.role !== undefined) headers['X-Kaibo-Role'] = opts.role
  const path = `/api/streams/${streamPath(stream)}/commands/${command}`
  const receipt = (await request('POST', path, JSON.stringify(body), headers, RETRY_DELAYS_MS)) as Receipt
  if (receipt.asked) throw new Refused('asking.asked', ACCEPTED, { request_id: receipt.asked }, receipt.message ?? '')
  return receipt
}

type Reading = Extract<keyof Operations, `get ${string}`>
type Writing = Exclude<keyof Operations, Reading>
/** The names that stand in braces in an address. */
type Holes<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}` ? Name | Holes<Rest> : never
type Filling<K extends keyof Operations> = Record<Holes<K>, string>
type Query<K extends keyof Operations> = Partial<Record<Operations[K]['query'], string>>

/** Read what is no view, such as `get /api/me`. Throws `Refused`. */
export async function read<K extends Reading>(operation: K, holes: Filling<K>, query: Query<K> = {}): Promise<Operations[K]['answer']> {
  return request('GET', addressOf(operation, holes, query), undefined, {}, RETRY_DELAYS_MS)
}

/** Do what is no command (session, invitations, tokens, a file). Not retried: the person sees the refusal. Throws `Refused`. */
export async function write<K extends Writing>(
  operation: K,
  holes: Filling<K>,
  body: Operations[K]['body'],
  query: Query<K> = {},
): Promise<Operations[K]['answer']> {
  const [method = ''] = operation.split(' ', 1)
  const path = addressOf(operation, holes, query)
  if (body === undefined || body instanceof FormData) return request(method.toUpperCase(), path, body, {}, [])
  return request(method.toUpperCase(), path, JSON.stringify(body), JSON_TYPE, [])
}

/** The id in the name of a stream: `show/x` → `x`. */
export function idOf(stream: string): string {
  return stream.slice(stream.indexOf('/') + 1)
}

function addressOf(operation: string, holes: Record<string, string>, query: Record<string, string | undefined>): string {
  const path = operation.slice(operation.indexOf(' ') + 1).replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(holes[name] ?? ''))
  const asked = new URLSearchParams(Object.entries(query).filter((pair): pair is [string, string] => pair[1] !== undefined)).toString()
  return asked === '' ? path : `${path}?${asked}`
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
    const refused = await refusedFrom(response)
    if (refused.code === 'core.not_signed_in') who.me = null
    throw refused
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
      return await (takeEarly(method, path) ?? fetch(path, { method, headers: all, body: body ?? null, credentials: 'same-origin' }))
    } catch {
      const delay = retries[tries]
      if (delay === undefined) throw new Refused('network.lost', 0, {}, said('ui.network_lost'))
      await new Promise((resolve) => setTimeout(resolve, delay))
    }
  }
}

/** 128 random bits. Not `crypto.randomUUID`: that is missing when a tablet opens the server by its plain address. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
