import { computed, type ComputedRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { session } from '@/api'
import { useNames } from '@/live'
import { formatDay } from '@/ui'

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone

/** What one must know about one's own account wherever one is: a second step that is asked for, or that another took away. */
export function useAccountTold(): { told: ComputedRef<string>; urgent: ComputedRef<boolean> } {
  const { t } = useI18n()
  const { nameOf } = useNames(() => (session.me?.reset_at ?? null) !== null)
  const due = computed(() => session.me?.step_by ?? null)
  const urgent = computed(() => due.value !== null && due.value <= Date.now())
  const told = computed(() => {
    const me = session.me
    if (me === null) return ''
    if (urgent.value) return t('shell.step_now')
    const at = me.reset_at ?? null
    if (at !== null) return t('shell.step_reset_told', { name: nameOf(me.reset_by), day: formatDay(at, zone) })
    return due.value === null ? '' : t('shell.step_by', { day: formatDay(due.value, zone) })
  })
  return { told, urgent }
}
