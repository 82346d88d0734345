/** Amounts as people type them into cells, in major units, and minor units. Pure. */
import { decimalsOf } from '../currency'

export { amountOf as parseMoney } from '../amount'

/** `1490` or `299.5`: what a cell takes back unchanged. */
export function moneyText(minor: number | null, currency: string): string {
  return minor === null ? '' : plainText(minor, decimalsOf(currency))
}

/** Three decimals stay three: 4.25 of a currency with mils is 4.250, or it could be read as another amount. */
function plainText(minor: number, decimals: number): string {
  return minor % 10 ** decimals === 0 ? String(minor / 10 ** decimals) : (minor / 10 ** decimals).toFixed(decimals).replace(/(\.\d)0$/, '$1')
}
