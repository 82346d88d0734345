/** How many rows of a long list are drawn: those in sight and some ahead. A room fills a list anew every second, and nobody sees its end. */
import { onBeforeUnmount, onMounted, ref, type Ref } from 'vue'

/** Rows drawn beyond the edge, so that a quick flick shows no hole. */
const AHEAD = 8

/** `list` stands in a panel that scrolls; no row of it is lower than `rowPx`. Outside of such a panel all rows are drawn. */
export function useDrawn(list: Readonly<Ref<HTMLElement | null>>, rowPx: number): Ref<number> {
  const drawn = ref(Number.POSITIVE_INFINITY)
  let box: HTMLElement | null = null
  let observer: ResizeObserver | null = null
  function look(): void {
    if (box === null || list.value === null) return
    const seen = box.getBoundingClientRect().bottom - list.value.getBoundingClientRect().top
    drawn.value = Math.max(0, Math.ceil(seen / rowPx)) + AHEAD
  }
  onMounted(() => {
    box = list.value?.closest<HTMLElement>('.scroll') ?? null
    if (box === null) return
    box.addEventListener('scroll', look, { passive: true })
    observer = new ResizeObserver(look)
    observer.observe(box)
    look()
  })
  onBeforeUnmount(() => {
    box?.removeEventListener('scroll', look)
    observer?.disconnect()
  })
  return drawn
}
