/** How a show stands where no cue is on air, in the same words on every screen; and what it never came to. Pure. */
import type { OnAirRow, ShowRow } from '@/api'
import { formatLength, listed } from '@/ui'
import type { SayWord } from '@/words/coupon'
import type { CueLine } from './rundown'

export type Standing = 'empty' | 'planned' | 'waits' | 'runs' | 'over'

type Head = Pick<ShowRow, 'state' | 'aired_at' | 'ended_at'>

/** An empty rundown is told before anything else is promised of it; a show that is over has nothing to wait for. */
export function standing(show: Pick<Head, 'state'> | undefined, onAir: Pick<OnAirRow, 'cue_id' | 'cue_count'> | undefined): Standing {
  if (show?.state === 'ended') return 'over'
  if (onAir !== undefined && onAir.cue_id !== null) return 'runs'
  if (onAir?.cue_count === 0) return 'empty'
  return show?.state === 'live' ? 'waits' : 'planned'
}

/** How long a show that is over was on air, ms; null while it is not over. */
export const lastedMs = (show: Head | undefined): number | null => (show === undefined || show.aired_at === null || show.ended_at === null ? null : show.ended_at - show.aired_at)

/** What stands in the place of the cue on air; '' while one runs. */
export function standingText(show: Head | undefined, onAir: Pick<OnAirRow, 'cue_id' | 'cue_count'> | undefined, t: SayWord): string {
  const stands = standing(show, onAir)
  if (stands === 'runs') return ''
  const lasted = lastedMs(show)
  return lasted === null ? t(`rundown.stands.${stands}`) : t('rundown.lasted', { span: formatLength(lasted) })
}

/** Cues that nobody saw, in their order; one that was skipped on purpose is none. */
export const unaired = (lines: readonly CueLine[]): CueLine[] => lines.filter(({ row }) => row.went_at === null && !row.skipped && row.status === 'planned')

/** The first few by name, and a mark where there are more. */
export function firstNames(names: readonly string[], most = 3): string {
  return listed(names.slice(0, most)) + (names.length > most ? '…' : '')
}
