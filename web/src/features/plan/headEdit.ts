import type { ShowRow } from '@/api'

/** Fields of a sheet's head that a show's head also has. */
const FIELDS = ['title', 'starts_at', 'ends_at', 'goal_gmv_minor'] as const
export type HeadField = (typeof FIELDS)[number]
export interface HeadChange {
  field: HeadField
  was: string | number
  to: string | number
}

/** What a sheet's head says otherwise than the show's; amounts only when they are of the show's currency. */
export function headChanges(head: Readonly<Record<string, unknown>>, show: ShowRow | undefined): HeadChange[] {
  if (!show || show.state === 'ended') return []
  const sameMoney = head.currency === undefined || head.currency === show.currency
  return FIELDS.flatMap((field) => {
    const to = head[field]
    if (typeof to !== typeof show[field] || to === show[field] || (field === 'goal_gmv_minor' && !sameMoney)) return []
    return [{ field, was: show[field], to: to as string | number }]
  })
}
