import { onScopeDispose, ref, watch, type Ref } from 'vue'
import { Refused, write, type WouldErase } from '@/api'

const STILL_MS = 300 // whoever types is not asked for at each letter

/** What would be erased of whoever is named just now; null until that is known. `wrong` says why it could not be looked up. */
export function useLook(named: () => { platform: string; viewer: string } | null): { found: Ref<WouldErase | null>; wrong: Ref<string> } {
  const found = ref<WouldErase | null>(null)
  const wrong = ref('')
  let asked = 0
  let timer = 0

  async function look(platform: string, viewer: string): Promise<void> {
    const mine = ++asked
    try {
      const answer = await write('post /api/erasures/look', {}, { platform, viewer })
      if (mine === asked) found.value = answer
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      if (mine === asked) wrong.value = error.message
    }
  }

  watch(() => JSON.stringify(named()), () => {
    window.clearTimeout(timer)
    ;[found.value, wrong.value] = [null, '']
    asked++
    const one = named()
    if (one !== null) timer = window.setTimeout(() => void look(one.platform, one.viewer), STILL_MS)
  }, { immediate: true })
  onScopeDispose(() => window.clearTimeout(timer))
  return { found, wrong }
}
