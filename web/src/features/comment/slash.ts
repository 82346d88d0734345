/** What may be typed into the command box: `/verb rest`. Words without a slash are looked for. Pure. */

export interface SlashCommand {
  /** Without the slash, all understood: English first; of the Chinese ones zh-Hant reads the first, zh-Hans the last. */
  verbs: readonly string[]
  /** What it does, in the reader's words. */
  label: string
  /** What may follow, for the list: `文字`, `20:15`. Empty: nothing does. */
  takes?: string
  run: (rest: string) => void
  when?: () => boolean
  /** What to do first where it cannot be run now; else: choose something. */
  first?: string
}

export interface Typed { verb: string; rest: string }

/** `/answer 可以` → answer, 可以; words alone → find. Full-width signs are typed as often as half-width ones, and the key that opens the box twice. */
export function typed(text: string): Typed {
  const line = text.replace(/^[／/]+/, '/').replace(/\u3000/g, ' ').trim()
  if (!line.startsWith('/')) return { verb: 'find', rest: line }
  const [verb = '', ...rest] = line.slice(1).split(' ')
  return { verb: verb.toLowerCase(), rest: rest.join(' ').trim() }
}

/** The word for it in the language that is read. */
export function verbIn(language: string, verbs: readonly string[]): string {
  const chinese = verbs.filter((verb) => /\p{Script=Han}/u.test(verb))
  const said = language === 'zh-Hans' ? chinese.at(-1) : language === 'zh-Hant' ? chinese[0] : undefined
  return said ?? verbs[0] ?? ''
}

/** The command a verb names: exactly, or as the only one that begins so. */
export function named(commands: readonly SlashCommand[], verb: string): SlashCommand | undefined {
  const exact = commands.find((one) => one.verbs.includes(verb))
  if (exact !== undefined || verb === '') return exact
  const near = commands.filter((one) => one.verbs.some((each) => each.startsWith(verb)))
  return near.length === 1 ? near[0] : undefined
}

/** Those that may be meant by what stands in the box so far. */
export function meant(commands: readonly SlashCommand[], text: string): SlashCommand[] {
  const { verb } = typed(text)
  if (!/^[/／]/.test(text)) return []
  return commands.filter((one) => one.verbs.some((each) => each.startsWith(verb)))
}

/** `20:15` or `20:15:30` on the show's day as ms UTC: the newest such instant that is not after `now`; null for what is no time. */
export function instantOf(text: string, now: number, zone: string): number | null {
  const found = /^(\d{1,2})[:：](\d{2})(?:[:：](\d{2}))?$/.exec(text.trim())
  if (found === null) return null
  const [h, m, s] = [Number(found[1]), Number(found[2]), Number(found[3] ?? 0)]
  if (h > 23 || m > 59 || s > 59) return null
  const parts = Object.fromEntries(new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }).formatToParts(now).map((part) => [part.type, Number(part.value)]))
  const passed = ((parts['hour'] ?? 0) * 3600 + (parts['minute'] ?? 0) * 60 + (parts['second'] ?? 0)) - (h * 3600 + m * 60 + s)
  const back = passed < 0 ? passed + 86_400 : passed
  return Math.floor(now / 1000) * 1000 - back * 1000
}
