import { onScopeDispose, ref, watch, type Ref } from 'vue'
import { read, type HandOverSheet } from '@/api'

const AGAIN_MS = 10_000 // what the log says moves on while one reads

/** The hand-over sheet as the log fills it, asked for again while somebody looks; `failed` until it came once more. */
export function useSheet(showId: () => string, moved: () => unknown): { sheet: Ref<HandOverSheet | null>; failed: Ref<boolean>; look: () => Promise<void> } {
  const sheet = ref<HandOverSheet | null>(null)
  const failed = ref(false)
  let asked = 0
  async function look(): Promise<void> {
    const mine = ++asked
    const answer = await read('get /api/shows/{show_id}/roster/sheet', { show_id: showId() }).catch(() => null)
    if (mine !== asked) return
    failed.value = answer === null
    if (answer !== null) sheet.value = answer
  }
  watch([showId, moved], () => void look(), { immediate: true })
  const again = window.setInterval(() => void look(), AGAIN_MS)
  onScopeDispose(() => window.clearInterval(again))
  return { sheet, failed, look }
}
