/** What counts as written, by the server's own rule (kaibo/core/script.py); both are held to written.cases.json. Pure. */

const TURNS = /[\u202a-\u202e\u2066-\u2069]/g
/** Blanks as the server splits at them: no-break spaces too, marks of no width not. */
const BLANKS = /[\t-\r\u001c- \u0085\p{Z}]+/gu
/** Not a blank, a control, a mark alone, or a filler, which is a letter by kind and nothing to the eye. */
const SEEN = /[^\p{Cc}\p{Cf}\p{Cs}\p{Mn}\p{Me}\p{Z}\u115f\u1160\u2800\u3164\uffa0]/u

/** What somebody wrote, with one space for any blanks; '' where no sign of it can be seen. */
export function inOneLine(text: string): string {
  const said = text.replace(TURNS, '')
  return SEEN.test(said) ? said.replace(BLANKS, ' ').replace(/^ | $/g, '') : ''
}
