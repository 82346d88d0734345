/** What a product comes in, out of one cell, by the rule of the server's sheets (kaibo/features/product/sheet_variants.py); both are held to variants.cases.json. Pure. */
import { halfWidth } from '@/ui/sheet'

/** From the strongest on: a weaker one that stands beside it belongs to the name of a variant. */
const STRONG = [/\n/, /[；;]/, /[、､]/, /[，,]/]
const WEAK = [/[|｜]/, /[/／・･‧•·]/]
const CIRCLED = /[①-⑳❶-❿]/
const LETTERS = /^(?:(?:\d{1,2}x|x{0,6})[sl]|m|f|均碼|均码|free|os)$/
const FIGURES = /^\d{1,3}(?:\.\d)?$/

export interface Parted {
  variants: string[]
  /** Parted by a sign that a name may have as well. A line break behind a single variant says that it is one. */
  guessed: boolean
}

export function parted(raw: string): Parted {
  if (STRONG.some((mark) => mark.test(raw))) return { variants: points(raw, STRONG), guessed: false }
  if (halfWidth(raw).toLowerCase() === 'n/a') return { variants: [raw.trim()], guessed: false }
  const sizes = sizesOf(raw)
  const variants = sizes.length > 0 ? sizes : points(raw, WEAK)
  return { variants, guessed: variants.length > 1 && (sizes.length > 0 || WEAK.some((mark) => mark.test(raw))) }
}

/** Variants in one cell, so that `parted` gives them back. */
export function inOneCell(variants: readonly string[]): string {
  const lines = variants.join('\n')
  return variants.length === 1 && parted(lines).variants.length !== 1 ? `${lines}\n` : lines
}

function points(raw: string, marks: readonly RegExp[]): string[] {
  const circled = raw.split(CIRCLED).filter((part) => part.trim() !== '')
  if (circled.length > 1 && !raw.includes('\n')) return circled.map((part) => part.replaceAll(/^[ ；;、]+|[ ；;、]+$/g, ''))
  const mark = marks.find((one) => one.test(raw))
  const parts = mark === undefined ? [raw] : raw.replaceAll('\r', '').split(mark)
  return parts.map((part) => part.trim()).filter((part) => part !== '')
}

/** `S M L`, `38 39 40`: spaces part nothing but short sizes; `2 XL` is one. */
function sizesOf(raw: string): string[] {
  const parts = raw.split(/\s+/).filter((part) => part !== '')
  const kinds = parts.map(kindOf)
  const torn = kinds.some((kind, at) => kind === '' || (kind === 'figures' && kinds[at + 1] === 'letters'))
  return parts.length < 2 || torn ? [] : parts
}

function kindOf(part: string): 'letters' | 'figures' | '' {
  const bare = halfWidth(part).toLowerCase()
  if (LETTERS.test(bare)) return 'letters'
  return FIGURES.test(bare) ? 'figures' : ''
}
