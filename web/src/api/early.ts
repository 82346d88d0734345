/** Who one is, asked before the app that wants to know is here. */
const ME = '/api/me'
let asked: Promise<Response> | null = null

/** Read to its end: an answer that nobody takes would stay open, and with it its place in the line. */
const whole = async (answer: Response): Promise<Response> => new Response(await answer.arrayBuffer(), answer)

export function askEarly(language: string): void {
  asked = fetch(ME, { headers: { Accept: 'application/json', 'Accept-Language': language }, credentials: 'same-origin' }).then(whole)
  asked.catch(() => null) // whoever takes it says so
}

/** The answer that is on its way, once; null where none is. Whatever is written first may change who one is: then it is asked again. */
export function takeEarly(method: string, path: string): Promise<Response> | null {
  if (method === 'GET' && path !== ME) return null
  const taken = asked
  asked = null
  return method === 'GET' ? taken : null
}
