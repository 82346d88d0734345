/** Money as people type it. Pure. */
import { amountOf } from './amount'

/** More than anybody asks or pays: the server refuses it (`le=10**12`), so what is typed says it first. In minor units. */
export const MINOR_MOST = 10 ** 12

/** `1,480`, `１４８０`, `99.5` -> minor units; null for what is no price above nought, or beyond what anybody asks. */
export function minorOf(text: string, currency: string): number | null {
  const minor = amountOf(text, currency)
  return minor !== null && minor > 0 && minor <= MINOR_MOST ? minor : null
}
