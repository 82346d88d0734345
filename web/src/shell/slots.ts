import type { Component } from 'vue'

/**
 * What features hang in the shell, found by its name: `features/<name>/ShellStrip.vue` goes across the top of every console and of the
 * host's screen, `ShellSide.vue` beside the console. Each is given the show's `stream`, and renders nothing while it has nothing to say.
 * `HouseStrip.vue` goes across the top of every page of who is signed in, but the host's screen and walls: `stream` is the show on the glass, or null.
 */
export interface Hung {
  default: Component
  /** Smaller stands higher; a feature that says nothing stands in the middle. */
  rank?: number
}

const MIDDLE = 50

/** In the order in which they stand: by rank, then by name. */
export function inOrder(found: Record<string, Hung>): Component[] {
  const rank = (one: Hung): number => one.rank ?? MIDDLE
  const named = Object.entries(found).sort(([a, one], [b, two]) => rank(one) - rank(two) || a.localeCompare(b))
  return named.map(([, one]) => one.default)
}

export const STRIPS = inOrder(import.meta.glob<Hung>('../features/*/ShellStrip.vue', { eager: true }))
export const HOUSE_STRIPS = inOrder(import.meta.glob<Hung>('../features/*/HouseStrip.vue', { eager: true }))
export const SIDES = inOrder(import.meta.glob<Hung>('../features/*/ShellSide.vue', { eager: true }))
