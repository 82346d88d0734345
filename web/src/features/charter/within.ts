import type { CharterDuty } from '@/api'
import { listed } from '@/ui'

type Say = (key: string, named?: Record<string, unknown>) => string
const UNITS = [['day', 86_400], ['hour', 3_600], ['minute', 60], ['second', 1]] as const

/** By when a duty is due: 「60 秒內」, 「開播前 1 天」; nothing for no time. */
export function formatDue(duty: Pick<CharterDuty, 'within_s' | 'ahead_s'>, t: Say): string {
  return listed([span('ahead', duty.ahead_s, t), span('within', duty.within_s, t)].filter((each) => each !== ''))
}

function span(way: 'ahead' | 'within', seconds: number, t: Say): string {
  const unit = UNITS.find(([name, size]) => seconds > 0 && seconds % size === 0 && (name !== 'minute' || seconds > size))
  return unit === undefined ? '' : t(`charter.${way}_${unit[0]}`, { n: seconds / unit[1] })
}
