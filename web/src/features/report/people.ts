import type { ShowReport } from './types'

/** Who did something, by name; never an id: what Kaibo did of itself, and somebody nobody knows any more, have words. */
export function whoIn(report: Pick<ShowReport, 'people'>, personId: string, t: (key: string) => string): string {
  if (personId === '') return ''
  return report.people[personId] ?? t(personId === 'system' ? 'server.report.by_kaibo' : 'server.report.by_unknown')
}
