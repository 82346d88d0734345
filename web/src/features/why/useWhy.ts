import { onScopeDispose, ref, type Ref } from 'vue'
import { read, whyOf, type Why } from '@/api'
import { useDutyWords, type DutyWords } from '@/live'

export interface Asked extends DutyWords {
  why: Ref<Why | null>
  problem: Ref<string>
  /** Who may do what a duty of the program allows in a show, now or at an instant (ms UTC). */
  ask: (show: string, duty: string, at?: number) => Promise<void>
}

/** The charter's answer, in the reader's words. */
export function useWhy(): Asked {
  const words = useDutyWords(() => true)
  const why = ref<Why | null>(null)
  const problem = ref('')
  let turn = 0
  onScopeDispose(() => (turn += 1))

  async function ask(show: string, duty: string, at?: number): Promise<void> {
    const mine = (turn += 1)
    ;[why.value, problem.value] = [null, '']
    try {
      const told = await read('get /api/shows/{show_id}/why', { show_id: show }, { duty, ...(at === undefined ? {} : { at: String(at) }) })
      if (mine === turn) why.value = told
    } catch (error) {
      if (mine === turn) problem.value = whyOf(error)
    }
  }
  return { why, problem, ask, ...words }
}
