/** What is left, as every screen says it: one number, below nought too. */
import type { SizeLeft } from '@/api'
import { formatCount } from '@/ui'
import type { SayWord } from './coupon'

/** 超賣 16, or the units left; both where only some of it is oversold. */
export function leftText(left: number | null, oversold: number, t: SayWord): string {
  if (oversold <= 0) return formatCount(left)
  const count = formatCount(oversold)
  return left !== null && left > 0 ? t('claim.overLeft', { count, left: formatCount(left) }) : t('claim.over', { count })
}

const NAMED = 5 // so many sizes are a line; the rest is counted
const isGone = (size: SizeLeft): boolean => size.left !== null && size.left <= 0

/** Of a product of which only some is gone: which sizes are not to be sold, and what there is instead. Both '' where nothing is to be told apart. */
export function sizesText(sizes: readonly SizeLeft[] | undefined, t: SayWord): { gone: string; left: string } {
  const all = sizes ?? []
  const said = (some: readonly SizeLeft[]): string => [...some.slice(0, NAMED).map((size) => sizeText(size, t)), ...moreText(some.length - NAMED, t)].join(' · ')
  return { gone: said(all.filter(isGone)), left: said(all.filter((size) => !isGone(size))) }
}

function sizeText(size: SizeLeft, t: SayWord): string {
  const variant = size.variant || t('claim.size.others')
  if (size.oversold > 0) return t('claim.size.over', { variant, count: formatCount(size.oversold) })
  if (isGone(size)) return t('claim.size.gone', { variant })
  return size.left === null ? t('claim.size.endless', { variant }) : t('claim.size.left', { variant, count: formatCount(size.left) })
}

const moreText = (count: number, t: SayWord): string[] => (count > 0 ? [t('claim.size.more', { count: formatCount(count) })] : [])
