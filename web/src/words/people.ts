/** People whom nobody named. */
import type { SayWord } from './coupon'

/** An id of a platform is longer than anybody reads; by its end people tell one from another. What is no ASCII somebody chose as a name. */
const READ_MAX = 8
const END = 4

/** A buyer by name; without one 「買家 …4821」, never the bare id of a platform. `buyer` is `source/id`, or an id alone. */
export function buyerName(name: string, buyer: string, t: SayWord): string {
  const id = [...buyer.slice(buyer.indexOf('/') + 1)]
  if (name !== '' || id.length === 0) return name
  return t('claim.buyer', { id: id.length <= READ_MAX || !/^[\x21-\x7e]+$/.test(id.join('')) ? id.join('') : `…${id.slice(-END).join('')}` })
}

/** A role as people say it: by the name a charter gave it, else by the house's word; what neither knows stands as it is written. */
export function roleWord(role: string, named: string | undefined, t: SayWord, knows: (key: string) => boolean): string {
  const word = `shell.role.${role}`
  return named || (knows(word) ? t(word) : role)
}
