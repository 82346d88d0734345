export interface DrawPrize { name: string; count: number }
export interface DrawWinner { rank: number; prize: string; key: string; name: string }
/** `draw.board`, key draw_id. */
export interface DrawRow {
  title: string
  keyword: string
  stage: string
  minutes: number
  prizes: DrawPrize[]
  followed: boolean
  bought: boolean
  not_won: boolean
  opens_at: number | null
  closes_at: number | null
  drawn_at: number | null
  entries: number
  entrants: number | null
  excluded: Record<string, number>
  commitment: string
  entrants_hash: string
  beacon_source: string
  beacon: string
  seed: string
  winners: DrawWinner[]
  dropped: Record<string, string>
  reason: string
}
