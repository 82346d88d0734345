/** Money as people type it. Pure. */

const DECIMALS: Record<string, number> = { JPY: 0, KRW: 0, VND: 0 }

/** `1,480`, `１４８０`, `99.5` -> minor units; null for what is no price above nought. */
export function minorOf(text: string, currency: string): number | null {
  const plain = text.normalize('NFKC').replace(/[,\s]|NT\$|\$|元/g, '')
  const decimals = DECIMALS[currency] ?? 2
  if (!/^\d{1,10}(\.\d+)?$/.test(plain) || (plain.split('.')[1] ?? '').length > decimals) return null
  const minor = Math.round(Number(plain) * 10 ** decimals)
  return minor > 0 ? minor : null
}
