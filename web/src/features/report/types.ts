import type { Report, ShowRow, Where } from '@/api'

/** GET /api/shows/{id}/report: the head of the show is the row of its view. */
export type ShowReport = Report & { show: ShowRow }

/** The way from a number into the log. */
export function eventsLink(showId: string, where: Where): string {
  const query = new URLSearchParams()
  if (where.types !== '') query.set('types', where.types)
  query.set('from', String(where.from_at))
  query.set('to', String(where.to_at))
  return `#/events/${encodeURIComponent(showId)}?${query}`
}
