import { Refused, whyOf } from '@/api'
import type { Outcome } from './edits'

/** What became of an edit: accepted, lost on the way (sent again later), in conflict, or refused with its reason. */
export async function outcomeOf(sent: Promise<unknown>): Promise<Outcome> {
  try {
    await sent
    return { kind: 'accepted' }
  } catch (error) {
    if (!(error instanceof Refused)) return { kind: 'refused', message: whyOf(error) }
    if (error.status === 0 || error.status === 401 || error.status >= 502) return { kind: 'offline' }
    if (error.is('rundown.edit_conflict', 'product.edit_conflict')) return { kind: 'conflict', field: error.data.field, theirs: error.data.theirs ?? null }
    return { kind: 'refused', message: error.message }
  }
}
