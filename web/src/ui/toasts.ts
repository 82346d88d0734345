import { reactive } from 'vue'
import { Refused, whyOf } from '@/api'

export interface Toast {
  id: number
  kind: 'ok' | 'refused' | 'info'
  text: string
  detail: string
  /** When it goes away by itself (performance clock); null: when closed. */
  endsAt: number | null
  lastsMs: number
  undo: (() => void) | null
}

export interface ToastBox {
  ok(text: string, detail?: string): void
  info(text: string, detail?: string): void
  /** Show why the server said no, in words: a code is for programs. Other errors are shown too, as what they are. */
  refused(error: unknown): void
  /** Something was done and may be undone for some seconds; its id, to close it when it was undone in another way. */
  undo(text: string, undo: () => void, lastsMs?: number): number
  close(id: number): void
}

const SHORT_MS = 3_500
const LONG_MS = 9_000
const UNDO_MS = 8_000
/** More at once would cover what one works on. */
const MOST = 4

export const toasts: Toast[] = reactive([])
let nextId = 1

function add(kind: Toast['kind'], text: string, detail: string, lastsMs: number, undo: (() => void) | null): number {
  const same = toasts.findIndex((toast) => toast.text === text && toast.detail === detail && toast.undo === null)
  if (same >= 0) toasts.splice(same, 1)
  const id = nextId
  nextId += 1
  toasts.push({ id, kind, text, detail, endsAt: performance.now() + lastsMs, lastsMs, undo })
  if (toasts.length > MOST) toasts.shift()
  window.setTimeout(() => box.close(id), lastsMs)
  return id
}

const box: ToastBox = {
  ok: (text, detail = '') => void add('ok', text, detail, SHORT_MS, null),
  info: (text, detail = '') => void add('info', text, detail, LONG_MS, null),
  refused(error) {
    add(error instanceof Refused && error.code === 'asking.asked' ? 'info' : 'refused', whyOf(error), '', LONG_MS, null)
  },
  undo: (text, undo, lastsMs = UNDO_MS) => add('ok', text, '', lastsMs, undo),
  close(id) {
    const at = toasts.findIndex((toast) => toast.id === id)
    if (at >= 0) toasts.splice(at, 1)
  },
}

export function useToast(): ToastBox {
  return box
}
