import { onScopeDispose, ref, watch, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { read, type Page } from '@/api'
import { useToast } from '@/ui'

/** Whose page of the charter, and whether as the draft would have it. */
export interface Wanted {
  person: string
  draft: boolean
}

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone

/** A member's page as the server words it, asked anew when `moved` does; null until it is here. */
export function useMemberPage(wanted: () => Wanted | null, moved: () => unknown): Ref<Page | null> {
  const { locale } = useI18n()
  const toast = useToast()
  const page = ref<Page | null>(null)
  let turn = 0
  onScopeDispose(() => (turn += 1))
  watch(
    [wanted, moved, locale],
    async () => {
      const mine = (turn += 1)
      const asked = wanted()
      if (asked === null) return
      const answer = await read('get /api/charter/people/{person_id}/page', { person_id: asked.person }, query(asked, locale.value)).catch((error: unknown) => (toast.refused(error), null))
      if (mine === turn && answer !== null) page.value = answer
    },
    { immediate: true },
  )
  return page
}

const query = (asked: Wanted, lang: string): { lang: string; zone: string; draft?: string } => ({ lang, zone, ...(asked.draft ? { draft: 'true' } : {}) })

/** The same page on A4. */
export const paperAddress = (asked: Wanted, lang: string): string => `/api/charter/people/${encodeURIComponent(asked.person)}/page.pdf?${new URLSearchParams(query(asked, lang)).toString()}`
