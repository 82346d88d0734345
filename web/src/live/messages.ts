/** What travels on /api/live. */
export type Rows = Record<string, unknown>
export type ViewRows = Record<string, { rows: Rows }>

export interface PresentPerson {
  person_id: string
  name: string
  role: string
  since: number
  editing: string | null
}

export type ServerMessage =
  | { type: 'snapshot'; stream: string; seq: number; at: number; views: ViewRows }
  | { type: 'patch'; stream: string; after: number; seq: number; at: number; views: ViewRows }
  | { type: 'caught_up'; stream: string; after: number; seq: number; at: number; missed: number; views: ViewRows }
  | { type: 'presence'; stream: string; people: PresentPerson[] }
  | { type: 'pong'; t: number; at: number }
  | { type: 'refused'; code: string; data: Record<string, unknown>; message: string }

export type ClientMessage =
  | { type: 'subscribe'; stream: string; views: Record<string, number | null> }
  | { type: 'unsubscribe'; stream: string }
  | { type: 'here'; stream: string; role: string; editing: string | null }
  | { type: 'ping'; t: number }
