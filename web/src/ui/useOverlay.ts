import { onScopeDispose, watch } from 'vue'
import { overlays } from './keys'

/** While something lies over the page, the page takes no keys and no focus. (reka-ui hides it from screen readers only.) */
export function useOverlay(open: () => boolean): void {
  let mine = false
  const set = (to: boolean): void => {
    if (mine === to) return
    mine = to
    overlays.value += to ? 1 : -1
    document.getElementById('app')?.toggleAttribute('inert', overlays.value > 0)
  }
  watch(open, set, { immediate: true })
  onScopeDispose(() => set(false))
}
