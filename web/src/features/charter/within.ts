type Say = (key: string, named?: Record<string, unknown>) => string

/** Seconds as a deadline: 「60 秒內」, 「2 天內」; nothing for none. */
export function formatWithin(seconds: number, t: Say): string {
  if (seconds <= 0) return ''
  const [unit, size] = seconds % 86_400 === 0 ? (['day', 86_400] as const) : seconds % 3_600 === 0 ? (['hour', 3_600] as const) : seconds % 60 === 0 && seconds > 60 ? (['minute', 60] as const) : (['second', 1] as const)
  return t(`charter.within_${unit}`, { n: seconds / size })
}
