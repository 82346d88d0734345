import type { Event } from '@/api'
import { formatMoney, formatSpan } from '@/ui'

/** A line of the log; which fields its fact has depends on its type. */
export type EventRecord = Event & { fact: { type: string; [field: string]: unknown } }
type Say = (key: string, data: Record<string, unknown>) => string

/** The kinds of facts once each: features as the log came to them, each with its facts by name. */
export function kindsInOrder(types: readonly string[]): string[] {
  const featureOf = (type: string): string => type.split('.')[0] ?? ''
  const features = [...new Set(types.map(featureOf))]
  return [...new Set(types)].sort((a, b) => features.indexOf(featureOf(a)) - features.indexOf(featureOf(b)) || a.localeCompare(b))
}

/** What to show of a fact in one line: what it names, money and spans first, then the rest in short. */
export function summary(event: EventRecord, t: Say): string {
  const { type: _type, ...fields } = event.fact
  const items = fields['items'] ?? fields['batch']
  if (Array.isArray(items)) return t('shell.events_items', { n: items.length })
  const currency = typeof fields['currency'] === 'string' ? fields['currency'] : 'TWD'
  return Object.entries(fields)
    .map(([name, value]) => part(name, value, currency))
    .filter((text) => text !== '')
    .join(' · ')
}

function part(name: string, value: unknown, currency: string): string {
  if (value === null || value === '' || name === 'currency') return ''
  if (name.endsWith('_minor') && typeof value === 'number') return formatMoney(value, currency)
  if (name.endsWith('_ms') && typeof value === 'number') return formatSpan(value, name.startsWith('delta'))
  if (Array.isArray(value)) return value.length === 0 ? '' : `${name} ×${value.length}`
  if (typeof value === 'object') return named(value as Record<string, unknown>)
  return typeof value === 'boolean' ? `${name}: ${value}` : String(value)
}

function named(thing: Record<string, unknown>): string {
  const name = thing['title'] ?? thing['name'] ?? thing['cue_id'] ?? thing['product_id']
  return typeof name === 'string' ? name : Object.keys(thing).join(', ')
}
