import { computed, onScopeDispose, ref, shallowRef, type ComputedRef, type Ref } from 'vue'
import { read, type MyTasks, type TaskRow, type TasksOfShow } from '@/api'
import { serverNow } from '@/live'

/** A task with the show it is of. */
export interface MyTask {
  show: TasksOfShow
  row: TaskRow
}

export interface Mine {
  shows: ComputedRef<TasksOfShow[]>
  tasks: ComputedRef<MyTask[]>
  leftOut: ComputedRef<number>
  /** Nothing came yet. */
  waiting: ComputedRef<boolean>
  /** Since when (ms UTC) it could not be asked anew; 0 while it can. */
  staleSince: Ref<number>
  refresh: () => Promise<void>
}

/** It is of several shows' logs, of which a screen does not follow each: asked anew this often, and after every move of one's own. */
const AGAIN_MS = 15_000

/** One's open tasks across shows. */
export function useMine(): Mine {
  const answer = shallowRef<MyTasks | null>(null)
  const staleSince = ref(0)
  let timer = 0
  let asked = 0
  let gone = false
  async function refresh(): Promise<void> {
    window.clearTimeout(timer)
    asked += 1
    const mine = asked
    try {
      const told = await read('get /api/tasks/mine', {})
      if (mine !== asked) return // a later one answers
      answer.value = told
      staleSince.value = 0
    } catch {
      staleSince.value ||= serverNow()
    }
    if (!gone && mine === asked) timer = window.setTimeout(() => void refresh(), AGAIN_MS)
  }
  const seen = (): void => void (document.visibilityState === 'visible' && refresh())
  document.addEventListener('visibilitychange', seen)
  onScopeDispose(() => {
    gone = true
    window.clearTimeout(timer)
    document.removeEventListener('visibilitychange', seen)
  })
  void refresh()
  return {
    shows: computed(() => answer.value?.shows ?? []),
    tasks: computed(() => (answer.value?.shows ?? []).flatMap((show) => show.tasks.map((row) => ({ show, row })))),
    leftOut: computed(() => answer.value?.left_out ?? 0),
    waiting: computed(() => answer.value === null && staleSince.value === 0),
    staleSince,
    refresh,
  }
}
