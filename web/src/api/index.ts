export { Refused } from './refused'
export { getJson, mutate, newKey, postForm, send, type CommandAnswer, type SendOptions } from './send'
export { session, type Me, type Session } from './session'
export type * from './rows'
