import { onScopeDispose, ref, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { read, type CharterWords, type Why } from '@/api'

export interface Asked {
  why: Ref<Why | null>
  problem: Ref<string>
  /** Who may do what a duty of the program allows in a show, now or at an instant (ms UTC). */
  ask: (show: string, duty: string, at?: number) => Promise<void>
  titleOf: (duty: string, own?: string) => string
  roleName: (role: string) => string
}

/** The charter's answer, in the reader's words. */
export function useWhy(): Asked {
  const { locale } = useI18n()
  const why = ref<Why | null>(null)
  const words = ref<CharterWords | null>(null)
  const problem = ref('')
  let turn = 0
  onScopeDispose(() => (turn += 1))

  async function ask(show: string, duty: string, at?: number): Promise<void> {
    const mine = (turn += 1)
    ;[why.value, problem.value] = [null, '']
    try {
      const [told, said] = await Promise.all([
        read('get /api/shows/{show_id}/why', { show_id: show }, { duty, ...(at === undefined ? {} : { at: String(at) }) }),
        words.value ?? read('get /api/charter/words', {}, { lang: locale.value }),
      ])
      if (mine === turn) [why.value, words.value] = [told, said]
    } catch (error) {
      if (mine === turn) problem.value = error instanceof Error ? error.message : String(error)
    }
  }
  return {
    why,
    problem,
    ask,
    titleOf: (duty, own) => own || words.value?.duties[duty] || duty,
    roleName: (role) => words.value?.roles[role] ?? role,
  }
}
