/** What the showcaller's keys mean, apart from any screen: the GO gate, a jump by number, moving the selection. Pure. */

export const GO_DEBOUNCE_MS = 300
/** Somebody else moved the rundown: nobody reads a new name faster, so a finger already on its way hits nothing. */
export const GO_READ_MS = 700

/** One GO at a time: `waiting` from press until the log answered; `firedFor` is the cue the last press named; `renamedAt`: the face changed by another's hand. */
export interface GoGate {
  waiting: boolean
  pressedAt: number
  renamedAt: number
  firedFor: string | null
}

const LONG_AGO = Number.NEGATIVE_INFINITY
export const openGate = (): GoGate => ({ waiting: false, pressedAt: LONG_AGO, renamedAt: LONG_AGO, firedFor: null })

/** May GO fire for `nextCueId` at `now`? Never twice for the name still on the button: a fired cue must first leave it. */
export function mayGo(gate: GoGate, nextCueId: string | null, now: number): boolean {
  if (nextCueId === null || gate.waiting) return false
  if (now - gate.pressedAt < GO_DEBOUNCE_MS || now - gate.renamedAt < GO_READ_MS) return false
  return gate.firedFor !== nextCueId
}

export const pressed = (nextCueId: string, now: number): GoGate => ({ waiting: true, pressedAt: now, renamedAt: LONG_AGO, firedFor: nextCueId })

/** Another cue's name is on the button now: by one's own GO, or by somebody else's doing. */
export const renamed = (gate: GoGate, now: number): GoGate =>
  gate.firedFor === null ? { ...gate, renamedAt: now } : { ...gate, firedFor: null }

/** The log answered. A refused GO may be pressed again for the same cue. */
export const answered = (gate: GoGate, accepted: boolean): GoGate => ({
  ...gate,
  waiting: false,
  firedFor: accepted ? gate.firedFor : null,
})

/** A jump being typed: null when none is. */
export type JumpText = string | null

/** One key of a jump; `to` is the place (0-based) when Enter named one of `count` cues. */
export function jumpKey(text: string, key: string, count: number): { text: JumpText; to?: number } {
  if (key === 'Escape') return { text: null }
  if (key === 'Backspace') return { text: text.slice(0, -1) }
  if (/^[0-9]$/.test(key)) return { text: (text + key).slice(0, 4) }
  if (key !== 'Enter') return { text }
  const place = jumpPlace(text, count)
  return place === null ? { text } : { text: null, to: place }
}

/** Place of cue number `text` (people count from one), null outside the rundown: a jump never wraps. */
export function jumpPlace(text: string, count: number): number | null {
  const number = /^[0-9]{1,4}$/.test(text) ? Number(text) : 0
  return number >= 1 && number <= count ? number - 1 : null
}

/** The selection moved by `step` places; stops at both ends. */
export function moved(place: number, step: number, count: number): number {
  return count === 0 ? -1 : Math.min(count - 1, Math.max(0, place + step))
}
