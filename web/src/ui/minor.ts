/** Money as people type it. Pure. */
import { amountOf } from './amount'

/** `1,480`, `１４８０`, `99.5` -> minor units; null for what is no price above nought. */
export function minorOf(text: string, currency: string): number | null {
  const minor = amountOf(text, currency)
  return minor !== null && minor > 0 ? minor : null
}
