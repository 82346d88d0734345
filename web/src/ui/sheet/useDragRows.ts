/** Dragging rows by their handle inside a drawn window of a long list. */
import Sortable from 'sortablejs'
import { onBeforeUnmount, onMounted, type Ref } from 'vue'

export interface DragRows {
  body: Ref<HTMLElement | null>
  order: () => readonly string[]
  /** Told before rows move: the window must stand still while a row is in the hand. */
  hold: (dragging: boolean) => void
  /** `key` was put before place `to` of the present order. */
  dropped: (key: string, to: number) => void
  disabled: () => boolean
}

export function useDragRows(options: DragRows): void {
  let sortable: Sortable | null = null
  onMounted(() => {
    if (options.body.value === null) return
    sortable = Sortable.create(options.body.value, {
      handle: '[data-handle]',
      draggable: '[data-row]',
      animation: 120,
      scroll: true,
      forceFallback: true,
      fallbackTolerance: 4,
      onStart: () => { options.hold(true) },
      onMove: () => !options.disabled(),
      onEnd: (event) => { finish(event.item) },
    })
  })
  onBeforeUnmount(() => sortable?.destroy())

  function finish(item: HTMLElement): void {
    const key = item.dataset.row ?? ''
    const order = options.order()
    const place = placeOf(item, order)
    putBack(item, key, order)
    options.hold(false)
    if (place !== null && place !== order.indexOf(key) && place !== order.indexOf(key) + 1) options.dropped(key, place)
  }
}

/** Where a dropped row lies now: before the row that follows it, or after the one above it. */
function placeOf(item: HTMLElement, order: readonly string[]): number | null {
  const next = item.nextElementSibling
  if (next instanceof HTMLElement && next.dataset.row !== undefined) return order.indexOf(next.dataset.row)
  const previous = item.previousElementSibling
  if (previous instanceof HTMLElement && previous.dataset.row !== undefined) return order.indexOf(previous.dataset.row) + 1
  return null
}

/** The drawing belongs to Vue: the element goes back to where Vue believes it is. */
function putBack(item: HTMLElement, key: string, order: readonly string[]): void {
  const body = item.parentElement
  const at = order.indexOf(key)
  if (body === null || at < 0) return
  const drawn = (one: string | undefined): Element | null =>
    one === undefined ? null : body.querySelector(`:scope > [data-row="${CSS.escape(one)}"]`)
  const next = drawn(order[at + 1])
  if (next !== null) next.before(item)
  else drawn(order[at - 1])?.after(item)
}
