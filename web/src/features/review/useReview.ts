import { onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue'
import { read, type Review } from '@/api'
import { useToast } from '@/ui'

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone

/** A month read out of the logs, asked anew when the month changes; null until it is here. */
export function useReview(month: () => string): { review: Ref<Review | null>; waiting: Ref<boolean> } {
  const toast = useToast()
  const review = shallowRef<Review | null>(null)
  const waiting = ref(false)
  let turn = 0
  onScopeDispose(() => (turn += 1))
  watch(
    month,
    async (asked) => {
      const mine = (turn += 1)
      waiting.value = true
      const answer = await read('get /api/review', {}, { month: asked, zone }).catch((error: unknown) => (toast.refused(error), null))
      if (mine !== turn) return
      waiting.value = false
      if (answer !== null) review.value = answer
    },
    { immediate: true },
  )
  return { review, waiting }
}

/** The same on A4. */
export const reviewPaper = (month: string, lang: string): string => `/api/review.pdf?${new URLSearchParams({ month, zone, lang }).toString()}`
