/** What a bridge of each messenger is set up with. Pure. */
import type { BridgeRow } from '@/api'

export type Kind = BridgeRow['kind']
export const KINDS: readonly Kind[] = ['dingtalk', 'feishu', 'wecom', 'line', 'slack', 'webhook']
export const WANTS: readonly BridgeRow['wants'][] = ['asked', 'urgent', 'all']

/** `url`: it has an address of its own; `secret`: whether one is needed, may be, or is none; `target`: which of many rooms. */
export interface Needs { url: boolean; secret: 'needed' | 'may' | 'none'; target: boolean }
export function needsOf(kind: Kind): Needs {
  switch (kind) {
    case 'slack':
    case 'line':
      return { url: false, secret: 'needed', target: true }
    case 'webhook':
      return { url: true, secret: 'needed', target: false }
    case 'wecom':
      return { url: true, secret: 'none', target: false }
    default:
      return { url: true, secret: 'may', target: false }
  }
}
