/** Digits after the point where ISO 4217 says other than two; the server's table (kaibo/core/money.py), held to it by a test there. */
const DECIMALS: Record<string, number> = {
  BIF: 0, CLP: 0, DJF: 0, GNF: 0, ISK: 0, JPY: 0, KMF: 0, KRW: 0, PYG: 0, RWF: 0, UGX: 0, UYI: 0, VND: 0, VUV: 0, XAF: 0, XOF: 0, XPF: 0,
  BHD: 3, IQD: 3, JOD: 3, KWD: 3, LYD: 3, OMR: 3, TND: 3,
  CLF: 4, UYW: 4,
}

export const decimalsOf = (currency: string): number => DECIMALS[currency] ?? 2

/** What stands before an amount on our screens. */
export const SIGNS: Record<string, string> = { TWD: 'NT$', CNY: '¥', HKD: 'HK$', USD: 'US$', JPY: 'JP¥', SGD: 'S$', MYR: 'RM', EUR: '€' }
