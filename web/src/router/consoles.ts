import type { Component } from 'vue'
import { session } from '@/api'

export const CONSOLES = ['director', 'host', 'assistant', 'operations', 'care', 'planner', 'report'] as const
export type ConsoleName = (typeof CONSOLES)[number]

export interface ConsoleModule {
  default: Component
  bare?: boolean
}

const modules = import.meta.glob<ConsoleModule>('../consoles/*/index.ts')

/** The consoles that these of one's roles open, as the charter says; and in the show one looks at those of the roles one stands in for. */
export function consolesOf(roles: readonly string[]): ConsoleName[] {
  const all = roles.length === 0 ? roles : [...roles, ...(session.here?.stands_in ?? [])]
  return CONSOLES.filter((name) => all.some((role) => opens(role, name)))
}

/** In the show one looks at, as its charter says; elsewhere as that of the house says. */
const opens = (role: string, name: string): boolean => (session.here?.consoles ?? session.me?.consoles)?.[role]?.includes(name) === true

/** A page for a wall; no bar leads there, and whoever may come in at all may look at it. */
export const WALL = 'monitor'

/** What fills the glass, without the bar: known before its code is here, which says so itself. */
export const bareAt = (name: string): boolean => name === 'host' || name === WALL

export function mayOpen(name: string, roles: readonly string[]): boolean {
  return (name === WALL && roles.length > 0) || consolesOf(roles).some((one) => one === name)
}

/** The console one wants first: planning before, the one of one's own role while on air, the report after. */
export function landing(state: 'planned' | 'live' | 'ended', roles: readonly string[]): ConsoleName | undefined {
  const mine = consolesOf(roles)
  const wanted: readonly string[] = state === 'ended' ? ['report', ...roles] : state === 'planned' ? ['planner', ...roles] : roles
  return wanted.map((name) => mine.find((one) => one === name)).find((name) => name !== undefined) ?? mine[0]
}

/** In which of one's roles one sits at a console: its own role when held, else the first that opens it. */
export function roleAt(console: string, held: readonly string[]): string {
  const roles = [...held, ...(session.here?.stands_in ?? [])]
  if (roles.includes(console)) return console
  return roles.find((role) => opens(role, console)) ?? roles[0] ?? ''
}

export function loadConsole(name: string): (() => Promise<ConsoleModule>) | null {
  return modules[`../consoles/${name}/index.ts`] ?? null
}

/** The console that an address (the part from `#`) opens, null for any other page. */
export function consoleAt(hash: string): string | null {
  return /^#\/show\/[^/]+\/(\w+)/.exec(hash)?.[1] ?? null
}
