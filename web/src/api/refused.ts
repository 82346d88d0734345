import { said } from './language'
import type { Refusals } from './seam'

/** What is refused without the server's word. */
interface Unheard {
  'network.lost': Record<string, never>
  'http.status': { status: number }
  /** No rule said no: somebody must agree first, and until then nothing has happened. */
  'asking.asked': { request_id: string }
}
type Known = Refusals & Unheard
export type RefusalCode = keyof Known

/** A rule of the server said no. `message` is in the reader's language; `data` fills it. `status` 0: the network never answered. */
export class Refused extends Error {
  readonly code: RefusalCode
  readonly status: number
  readonly data: Readonly<Record<string, unknown>>

  constructor(code: RefusalCode, status: number, data: Known[RefusalCode], message: string) {
    super(message)
    this.name = 'Refused'
    this.code = code
    this.status = status
    this.data = { ...data }
  }

  /** Is it one of these? Then its data is known too. */
  is<C extends RefusalCode>(...codes: C[]): this is Refused & { code: C; data: Known[C] } {
    return (codes as RefusalCode[]).includes(this.code)
  }
}

/** Read the one error shape `{code, data, message}`, or make one where a proxy answered instead. */
export async function refusedFrom(response: Response): Promise<Refused> {
  const body: unknown = await response.json().catch(() => null)
  if (body !== null && typeof body === 'object' && 'code' in body) {
    const told = body as { code: RefusalCode; data?: unknown; message?: unknown }
    const data = (told.data !== null && typeof told.data === 'object' ? told.data : {}) as Known[RefusalCode]
    return new Refused(told.code, response.status, data, String(told.message ?? told.code))
  }
  return new Refused('http.status', response.status, { status: response.status }, said('ui.no_answer', { status: response.status }))
}

/** What went wrong, for a reader: a refusal speaks for itself, and so does a line that is lost. */
export function whyOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
