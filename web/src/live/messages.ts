/** What travels on /api/live, as the server has it; codes of refusals with their data. */
import type { CaughtUp, Patch, Pong, Present, RefusedMessage, Refusals, Snapshot, Table } from '@/api'

export type { ClientMessage, PresentPerson } from '@/api'

export type Rows = Table['rows']
export type ViewRows = Snapshot['views']

type Coded = { [Code in keyof Refusals]: { code: Code; data: Refusals[Code] } }[keyof Refusals]
export type Refusing = Omit<RefusedMessage, 'code' | 'data'> & Coded
export type ServerMessage = Snapshot | Patch | CaughtUp | Present | Pong | Refusing
