import type { IconName } from './icons'

/** What a colour says: act now, watch, good, information, or nothing. `live` is the red of on air. */
export type BadgeTone = 'act' | 'watch' | 'good' | 'info' | 'quiet' | 'live'

export interface TabItem {
  id: string
  label: string
  /** Shown small behind the label. */
  count?: number | string
  /** Something there is wrong and asks for somebody, in words: red, with a shape. */
  mark?: string | undefined
  /** Key that chooses it, shown as a hint. */
  hint?: string
}

export interface SelectOption {
  value: string
  label: string
  disabled?: boolean
}

export interface MenuItem {
  id: string
  label: string
  icon?: IconName
  hint?: string
  danger?: boolean
  disabled?: boolean
  run: () => void
}
