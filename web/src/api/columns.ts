/** Short names for the words that columns of several screens hold. */
import type { AlarmRule, CommentRow, Cue, HostRow, PromoRow, ShowRow, TileRow } from './seam'

export type AlarmMove = AlarmRule['move']
export type CommentKind = CommentRow['kind']
export type CueType = Cue['cue_type']
export type FigureUnit = TileRow['unit']
export type PromoStage = PromoRow['stage']
export type ShowState = ShowRow['state']
export type Signal = HostRow['signal']
export type StartMode = Cue['start_mode']
