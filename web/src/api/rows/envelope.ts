export interface Actor { id: string; role: string; duty: string }
export interface Fact { type: string; [field: string]: unknown }
export interface EventRecord {
  stream: string
  seq: number
  at: number
  actor: Actor
  fact: Fact
  mode?: 'live' | 'rehearsal'
  cause?: number | null
}
