export interface CrewMember { person_id: string; name: string; roles: string[] }
export type ShowState = 'planned' | 'live' | 'ended'
/** `show.head`, key `show`. */
export interface ShowRow {
  show_id: string
  title: string
  state: ShowState
  starts_at: number
  ends_at: number
  timezone: string
  currency: string
  goal_gmv_minor: number
  theme: string
  channel: string
  crew: CrewMember[]
  aired_at: number | null
  ended_at: number | null
  rehearsal: boolean
}
/** `show.list` of workspace/main, key show_id. */
export interface ListedShowRow {
  show_id: string
  title: string
  state: ShowState
  starts_at: number
  ends_at: number
  timezone: string
  rehearsal: boolean
}
