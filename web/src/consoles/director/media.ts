import { onScopeDispose, ref, type Ref } from 'vue'

/** Does the window match now? */
export function useMedia(query: string): Readonly<Ref<boolean>> {
  const list = window.matchMedia(query)
  const matches = ref(list.matches)
  const turn = (): void => void (matches.value = list.matches)
  list.addEventListener('change', turn)
  onScopeDispose(() => list.removeEventListener('change', turn))
  return matches
}
