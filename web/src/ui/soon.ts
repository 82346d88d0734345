import { defineAsyncComponent, defineComponent, h, onMounted, onScopeDispose, ref, useTemplateRef, type Component } from 'vue'

/** How long a console has stood before what is seldom opened comes by itself: a line that goes then keeps no dialog shut. */
const STOOD_MS = 15_000
const AGAIN_MS = 2_000

/** Code that no console waits for: it comes when somebody turns to it, else some time after. What could not come is asked for again. */
export function useSoon<T>(load: () => Promise<T>): () => Promise<T> {
  let going: Promise<T> | null = null
  const come = (): Promise<T> => {
    going ??= load().catch((error: unknown) => {
      going = null
      throw error
    })
    return going
  }
  let timer = 0
  onMounted(() => (timer = window.setTimeout(() => void come().catch(() => undefined), STOOD_MS)))
  onScopeDispose(() => window.clearTimeout(timer))
  return come
}

const arriving = <T extends Component>(loader: () => Promise<{ default: T }>): Component =>
  defineAsyncComponent({ loader: async () => (await loader()).default, onError: (_, again) => void window.setTimeout(again, AGAIN_MS) })

/** A dialog whose code comes as `useSoon` says; opened while the line is gone it comes with the line. */
export function later<T extends Component>(load: () => Promise<{ default: T }>): T {
  return defineComponent({
    inheritAttrs: false,
    setup(_, { attrs, slots }) {
      const code = useSoon(load)
      const Whole = arriving(code)
      const wanted = ref(false)
      return () => {
        if (attrs['open'] === true) wanted.value = true
        return wanted.value ? h(Whole, attrs, slots) : null
      }
    },
  }) as unknown as T
}

/** What stands below the glass of a phone: its code comes once one scrolls to it, else as `useSoon` says, and it stays. */
export function onSight<T extends Component>(load: () => Promise<{ default: T }>): T {
  return defineComponent({
    inheritAttrs: false,
    setup(_, { attrs, slots }) {
      const Whole = arriving(useSoon(load))
      const place = useTemplateRef<HTMLElement>('place')
      const seen = ref(false)
      const sight = new IntersectionObserver((looks) => {
        if (!looks.some((one) => one.isIntersecting)) return
        seen.value = true
        sight.disconnect()
      })
      onMounted(() => place.value && sight.observe(place.value))
      onScopeDispose(() => sight.disconnect())
      return () => (seen.value ? h(Whole, attrs, slots) : h('div', { ref: 'place', style: 'min-height: 1px' }))
    },
  }) as unknown as T
}
