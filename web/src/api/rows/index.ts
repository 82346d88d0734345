/**
 * Rows of the server's views, narrowed where the server says `str` and means one of a few words.
 * tests/rows.types.ts compares them, field for field, with the generated schema.d.ts.
 */
export type * from './show'
export type * from './workspace'
export type * from './rundown'
export type * from './prompter'
export type * from './product'
export type * from './promo'
export type * from './comment'
export type * from './moderation'
export type * from './order'
export type * from './metric'
export type * from './claim'
export type * from './envelope'
export type * from './imports'
export type * from './alarm'
export type * from './draw'
