/** Why a figure has no value: what no source tells of, in words; '' where it has one. */
import type { TileRow } from '@/api'
import type { SayWord } from './coupon'

export type Telling = TileRow['untold'][number]

/** Who goes, who comes, and who bought: what some sources leave out, and what some orders hide. */
const APART: Partial<Record<Telling, string>> = { leave: 'metric.unleft', buyer: 'metric.nameless', everybody: 'metric.uncome' }

/** 沒有量到：沒有來源回報進場; of who goes it takes but one source that does not say so, and of buyers nobody can tell. */
export function untoldText(untold: readonly Telling[], t: SayWord): string {
  const what = untold.filter((each) => !(each in APART)).map((each) => t(`metric.told.${each}`))
  const apart = untold.flatMap((each) => (APART[each] === undefined ? [] : [t(APART[each])]))
  return [...(what.length > 0 ? [t('metric.untold', { what: what.join(t('metric.and')) })] : []), ...apart].join('　')
}

/** The same in a word, for where there is no room. */
export function unmeasuredText(untold: readonly Telling[], t: SayWord): string {
  if (untold.length === 0) return ''
  return t(untold.includes('buyer') ? 'metric.unclear' : 'metric.unmeasured')
}
