/** 毛利率. Pure. */

/** What is left of the price after the cost, as a share; null while either is unknown. */
export function marginOf(priceMinor: number | null, costMinor: number | null): number | null {
  if (priceMinor === null || costMinor === null || priceMinor === 0) return null
  return (priceMinor - costMinor) / priceMinor
}
