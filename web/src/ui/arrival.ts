const NUMBERED = new Intl.Collator('en', { numeric: true })

/** Of two addresses in the log (`seq:index`), the later one first: `7:100` before `7:99`. */
export function laterFirst(a: string, b: string): number {
  return NUMBERED.compare(b, a)
}
