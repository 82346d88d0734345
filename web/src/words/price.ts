/** The price beside the price: what every screen strikes, and when. */

/** The list price, in minor units, where buyers pay less now; else null. One that is lower, the same or unknown is no saving, and is not said. */
export function struckMinor(row: { list_price_minor: number | null; price_minor: number | null }): number | null {
  const { list_price_minor: list, price_minor: price } = row
  return list !== null && price !== null && list > price ? list : null
}
