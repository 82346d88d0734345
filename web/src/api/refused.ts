/** A rule of the server said no. `message` is in the reader's language; `data` fills it. `status` 0: the network never answered. */
export class Refused extends Error {
  readonly code: string
  readonly status: number
  readonly data: Record<string, unknown>

  constructor(code: string, status: number, data: Record<string, unknown>, message: string) {
    super(message)
    this.name = 'Refused'
    this.code = code
    this.status = status
    this.data = data
  }
}

/** Read the one error shape `{code, data, message}`, or make one where a proxy answered instead. */
export async function refusedFrom(response: Response): Promise<Refused> {
  const body: unknown = await response.json().catch(() => null)
  if (body !== null && typeof body === 'object' && 'code' in body) {
    const said = body as { code: unknown; data?: unknown; message?: unknown }
    const data = said.data !== null && typeof said.data === 'object' ? (said.data as Record<string, unknown>) : {}
    return new Refused(String(said.code), response.status, data, String(said.message ?? said.code))
  }
  return new Refused('http.status', response.status, { status: response.status }, `HTTP ${response.status}`)
}
