/** Long names made short in the middle: their ends tell them apart, and what is said after them is still read. Pure. */

/** As wide as fourteen Han signs or so many letters twice: with it the longest news of a toast stands in two lines of a phone. */
const MOST = 28
const TAIL = 10
const NARROW = /[\u0000-\u02ff]/
const QUOTED = /([「『“])([^「」『』“”]+)([」』”])/g

const widthOf = (sign: string): number => (NARROW.test(sign) ? 1 : 2)

/** From the front, as many signs as there is room for. */
function fitting(signs: readonly string[], room: number): string[] {
  let width = 0
  return signs.filter((sign) => (width += widthOf(sign)) <= room)
}

/** `全效保濕…補充包` for what is longer; else as it is. */
export function brief(name: string): string {
  const signs = [...name]
  if (signs.reduce((width, sign) => width + widthOf(sign), 0) <= MOST) return name
  const tail = fitting(signs.toReversed(), TAIL).toReversed()
  return `${fitting(signs, MOST - TAIL - 2).join('').trimEnd()}…${tail.join('').trimStart()}`
}

/** A sentence with the names that are quoted in it made short. */
export function briefly(text: string): string {
  return text.replace(QUOTED, (_, open: string, name: string, close: string) => open + brief(name) + close)
}
