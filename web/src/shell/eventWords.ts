import type { Event } from '@/api'
import { formatMoney, formatSpan, listed } from '@/ui'

/** A line of the log; which fields its fact has depends on its type. */
export type EventRecord = Event & { fact: { type: string; [field: string]: unknown } }
type Say = (key: string, data: Record<string, unknown>) => string

/** The kinds of facts once each: features as the log came to them, each with its facts by name. */
export function kindsInOrder(types: readonly string[]): string[] {
  const featureOf = (type: string): string => type.split('.')[0] ?? ''
  const features = [...new Set(types.map(featureOf))]
  return [...new Set(types)].sort((a, b) => features.indexOf(featureOf(a)) - features.indexOf(featureOf(b)) || a.localeCompare(b))
}

/** What people call the things that facts name by an id; '' for one that nobody knows any more. */
export type NameOf = (kind: 'cue' | 'product' | 'promo' | 'draw' | 'person', id: string) => string

const KINDS = ['cue', 'product', 'promo', 'draw', 'person'] as const
/** Fields that people read as they are. */
const TEXTS = new Set(['title', 'name', 'text', 'words', 'answer', 'question', 'reason', 'gift', 'note', 'filename', 'keyword', 'room', 'source', 'platform', 'label', 'channel', 'variant', 'failure', 'names', 'phrases', 'keywords'])

/** What to show of a fact in one line: names, words, money and spans. Ids, codes and packed data stay in its body. */
export function summary(event: EventRecord, t: Say, nameOf: NameOf): string {
  const { type: _type, ...fields } = event.fact
  const items = fields['items'] ?? fields['batch'] ?? fields['decisions'] ?? fields['hits']
  if (Array.isArray(items)) return t('shell.events_items', { n: items.length })
  if (typeof fields['columns'] === 'string') return [fields['source'], t('shell.events_items', { n: Number(fields['count']) })].join(' · ')
  const currency = typeof fields['currency'] === 'string' ? fields['currency'] : 'TWD'
  const parts = Object.entries(fields).map(([name, value]) => part(name, value, currency, nameOf))
  return [...new Set(parts.filter((text) => text !== ''))].join(' · ')
}

function part(name: string, value: unknown, currency: string, nameOf: NameOf): string {
  if (typeof value === 'number' && name.endsWith('_minor')) return formatMoney(value, currency)
  if (typeof value === 'number' && name.endsWith('_ms')) return formatSpan(value, name.startsWith('delta'))
  if (typeof value === 'number' && name === 'quantity') return `×${value}`
  if (typeof value === 'string') return TEXTS.has(name) ? value : named(name, value, nameOf)
  if (Array.isArray(value)) return several(name, value, currency, nameOf)
  return value !== null && typeof value === 'object' ? within(value as Record<string, unknown>, currency, nameOf) : ''
}

function named(name: string, id: string, nameOf: NameOf): string {
  const kind = KINDS.find((one) => name === `${one}_id` || name.endsWith(`_${one}_id`))
  return kind === undefined || id === '' ? '' : nameOf(kind, id)
}

function several(name: string, values: readonly unknown[], currency: string, nameOf: NameOf): string {
  const texts = values.map((value) => (typeof value === 'string' ? (TEXTS.has(name) ? value : '') : part('', value, currency, nameOf)))
  return listed(texts.filter((text) => text !== '').slice(0, LISTED))
}
const LISTED = 3

/** A thing within a fact: its title or name, else what its own fields say. */
function within(thing: Record<string, unknown>, currency: string, nameOf: NameOf): string {
  const name = thing['title'] ?? thing['name'] ?? thing['text']
  if (typeof name === 'string' && name !== '') return name
  return Object.entries(thing).map(([field, value]) => (value !== null && typeof value === 'object' ? '' : part(field, value, currency, nameOf))).filter((text) => text !== '').join(' ')
}

const PACKED = /^[A-Za-z0-9+/=]{120,}$/

/** The whole event for whoever looks closer; packed columns by their size. */
export function body(event: EventRecord, t: Say): string {
  return JSON.stringify(event, (_name, value: unknown) => (typeof value === 'string' && PACKED.test(value) ? t('shell.events_packed', { n: Math.round((value.length * 3) / 4) }) : value), 2)
}
