import { onScopeDispose, reactive, ref, shallowReactive, type Ref } from 'vue'
import type { IconName } from './icons'
import { useLocalStore } from './useLocalStore'

export interface Binding {
  /** `space`, `g`, `shift+s`, `mod+k`, `alt+up`. `mod` is Ctrl, or Cmd on a Mac. */
  key: string
  /** What happens, in the reader's words; also the name under which a changed key is stored. */
  label: string
  run: (event?: KeyboardEvent) => void
  /** Only then; the sheet shows it greyed otherwise. */
  when?: () => boolean
  /** False: one's roles never may. Then the key is free, and the sheet does not speak of it. */
  may?: boolean
  /** Also while typing in a field. */
  always?: boolean
  /** Also while a dialog stands before the page: what cannot wait until it is shut. */
  above?: boolean
  /** It is in the bar's menu too, under this sign: a hand without a keyboard finds it there. */
  menu?: IconName
  /** Stays the same when the words change; default: `label`. */
  id?: string
}

const NAMES: Record<string, string> = {
  ' ': 'space',
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
  Escape: 'esc',
  Enter: 'enter',
  PageUp: 'pageup',
  PageDown: 'pagedown',
}

/** The newest list is asked first: a panel on top takes a key from the screen below. */
const lists: (() => Binding[])[] = shallowReactive([])
const rebound: Ref<Record<string, string>> = useLocalStore<Record<string, string>>('keys', {})
export const keySheet = reactive({ open: false })
export const palette = reactive({ open: false })
/** While a dialog or menu is open only its own keys count. */
export const overlays: Ref<number> = ref(0)
const isMac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.userAgent)

/** Bind keys while this component lives; `?` and Ctrl+K list them. Pass a function when labels change with state. */
export function useKeys(bindings: Binding[] | (() => Binding[])): void {
  const list = typeof bindings === 'function' ? bindings : () => bindings
  lists.unshift(list)
  listen()
  onScopeDispose(() => {
    const at = lists.indexOf(list)
    if (at >= 0) lists.splice(at, 1)
  })
}

export function bindingId(binding: Binding): string {
  return binding.id ?? binding.label
}

/** The key as bound now: one's own, or the one it came with. */
export function keyOf(binding: Binding): string {
  return rebound.value[bindingId(binding)] ?? binding.key
}

export function rebind(binding: Binding, key: string | null): void {
  const rest = { ...rebound.value }
  if (key === null || key === binding.key) delete rest[bindingId(binding)]
  else rest[bindingId(binding)] = key
  rebound.value = rest
}

export interface FixedKey {
  keys: readonly string[]
  label: string
}

const fixedLists: (() => FixedKey[])[] = shallowReactive([])

/** Keys that a part of the screen answers by itself, such as a grid its arrows: the sheet tells of them while it is there. */
export function useFixedKeys(list: () => FixedKey[]): void {
  fixedLists.push(list)
  onScopeDispose(() => {
    const at = fixedLists.indexOf(list)
    if (at >= 0) fixedLists.splice(at, 1)
  })
}

/** Each of them once, also where two grids stand on one screen. */
export function currentFixedKeys(): FixedKey[] {
  return [...new Map(fixedLists.flatMap((list) => list()).map((one) => [one.label, one])).values()]
}

/** All bindings of the screens that are open, the top one first. */
export function currentBindings(): Binding[] {
  return lists.flatMap((list) => list()).filter((binding) => binding.may !== false)
}

/** `mod+k` → `Ctrl+K` or `⌘K`. */
export function keyLabel(key: string): string {
  const shown: Record<string, string> = { space: 'Space', up: '↑', down: '↓', left: '←', right: '→', esc: 'Esc', enter: '⏎' }
  if (key === '+') return key
  const parts = key.split('+').map((part) => {
    if (part === 'mod') return isMac ? '⌘' : 'Ctrl'
    if (part === 'alt') return isMac ? '⌥' : 'Alt'
    if (part === 'shift') return '⇧'
    return shown[part] ?? part.toUpperCase()
  })
  return parts.join(isMac ? '' : '+')
}

/** Name of the key that was pressed, as bindings write it. */
export function keyName(event: KeyboardEvent): string {
  const base = NAMES[event.key] ?? event.key.toLowerCase()
  const shifted = event.shiftKey && (base.length > 1 || /[a-z]/.test(base))
  return [event.ctrlKey || event.metaKey ? 'mod' : '', event.altKey ? 'alt' : '', shifted ? 'shift' : '', base]
    .filter((part) => part !== '')
    .join('+')
}

let listening = false
function listen(): void {
  if (listening) return
  listening = true
  document.addEventListener('keydown', pressed)
}

function pressed(event: KeyboardEvent): void {
  if (event.isComposing || event.defaultPrevented) return
  const name = keyName(event)
  if (overlays.value > 0) {
    const above = currentBindings().find((binding) => binding.above === true && keyOf(binding) === name && (binding.when?.() ?? true))
    if (above === undefined || event.repeat) return
    event.preventDefault()
    above.run(event)
    return
  }
  if (name === 'mod+k') {
    event.preventDefault()
    palette.open = true
    return
  }
  const typing = isTyping(event.target)
  if (name === '?' && !typing) {
    event.preventDefault()
    keySheet.open = true
    return
  }
  const onControl = isControl(event.target) && (name === 'space' || name === 'enter')
  const found = currentBindings().find((binding) => keyOf(binding) === name && (binding.when?.() ?? true))
  if (found === undefined || event.repeat || (typing && found.always !== true) || onControl) return
  event.preventDefault()
  found.run(event)
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)
}

/** Space and Enter on a focused control belong to it, unless a screen says so with `data-keys-through`. */
function isControl(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  const control = target.closest('button, a, summary, [role="tab"], [role="option"], [role="menuitem"]')
  return control !== null && !control.hasAttribute('data-keys-through')
}
