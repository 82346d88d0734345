import type { Report, ShowRow, Where } from '@/api'

/** GET /api/shows/{id}/report: the head of the show is the row of its view. */
export type ShowReport = Report & { show: ShowRow }

/** The way from a number into the log; without bounds where its facts were told whenever. */
export function eventsLink(showId: string, where: Partial<Where> & Pick<Where, 'types'>): string {
  const query = new URLSearchParams()
  if (where.types !== '') query.set('types', where.types)
  if (where.from_at !== null && where.from_at !== undefined) query.set('from', String(where.from_at))
  if (where.to_at !== null && where.to_at !== undefined) query.set('to', String(where.to_at))
  return `#/events/${encodeURIComponent(showId)}?${query}`
}
