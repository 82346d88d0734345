/** Fixed times as one sees them: what moves them all says so, and pressed twice they move once. */
import type { Cue } from './seam'

export function fixedStarts(cues: Iterable<Pick<Cue, 'cue_id' | 'start_at'>>): Record<string, number> {
  return Object.fromEntries([...cues].flatMap((cue) => (cue.start_at === null ? [] : [[cue.cue_id, cue.start_at]])))
}
