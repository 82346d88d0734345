import { ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import { read as readPage, type CommentPage } from '@/api'
import { useToast } from '@/ui'
import type { Comment } from './desk'

const PAGE = 100
/** More is not kept: whoever goes on loses the other end, and can come back to it. */
const KEPT_MAX = 1_000
/** Pages without a hit in a row before one has to ask again: a seldom word must not read a whole evening at one stroke. */
const EMPTY_PAGES_MAX = 8

export interface Past { rows: readonly Comment[]; older: string | null; newer: string | null; lookedAt: number | null }
export interface History {
  readonly past: Readonly<ShallowRef<Past | null>>
  readonly busy: Readonly<Ref<boolean>>
  open(showId: string, query: string, place: string): Promise<void>
  more(towards: 'older' | 'newer'): Promise<void>
  close(): void
}

/** Comments out of the log, page by page in both directions, as the server keeps them: every one, no sample. */
export function useHistory(): History {
  const toast = useToast()
  const past = shallowRef<Past | null>(null)
  const busy = ref(false)
  let [show, asked, turn] = ['', '', 0]

  const read = (place: string): Promise<CommentPage> => {
    const query = [asked, place, `limit=${PAGE}`].filter((part) => part !== '').join('&')
    return readPage('get /api/shows/{show_id}/comments', { show_id: show }, Object.fromEntries(new URLSearchParams(query)))
  }

  async function step(work: (mine: () => boolean) => Promise<void>): Promise<void> {
    turn += 1
    const mine = turn
    busy.value = true
    try {
      await work(() => mine === turn)
    } catch (error) {
      toast.refused(error)
    } finally {
      if (mine === turn) busy.value = false
    }
  }

  async function open(showId: string, query: string, place: string): Promise<void> {
    ;[show, asked] = [showId, query]
    await step(async (mine) => {
      const page = await read(place)
      if (mine()) past.value = { rows: page.rows, older: page.older, newer: page.newer, lookedAt: page.looked_from_at }
    })
    const forward = /^(after|at)=/.test(place)
    if (past.value !== null && past.value.rows.length === 0) await more(forward ? 'newer' : 'older')
  }

  async function more(towards: 'older' | 'newer'): Promise<void> {
    if (busy.value) return
    await step(async (mine) => {
      for (let pages = 0; pages < EMPTY_PAGES_MAX; pages += 1) {
        const now = past.value
        const from = now?.[towards]
        if (now === null || !from) return
        const page = await read(`${towards === 'older' ? 'before' : 'after'}=${from}`)
        if (!mine()) return
        past.value = joined(now, page, towards)
        if (page.rows.length > 0) return
      }
    })
  }

  const close = (): void => {
    turn += 1
    busy.value = false
    past.value = null
  }
  return { past, busy, open, more, close }
}

function joined(past: Past, page: CommentPage, towards: 'older' | 'newer'): Past {
  if (towards === 'older') {
    const rows = [...page.rows, ...past.rows]
    const cut = rows.slice(0, KEPT_MAX)
    const lost = rows.length > cut.length
    return { rows: cut, older: page.older, newer: lost ? after(cut.at(-1)) : past.newer, lookedAt: page.looked_from_at }
  }
  const rows = [...past.rows, ...page.rows]
  const cut = rows.slice(-KEPT_MAX)
  const lost = rows.length > cut.length
  return { rows: cut, older: lost ? (cut[0]?.ref ?? null) : past.older, newer: page.newer, lookedAt: page.looked_to_at }
}

/** The place behind a comment. */
function after(comment: Comment | undefined): string | null {
  if (comment === undefined) return null
  const [seq = '0', index = '0'] = comment.ref.split(':')
  return `${seq}:${Number(index) + 1}`
}
