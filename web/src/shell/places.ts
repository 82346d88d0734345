import { computed, type ComputedRef, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { useRouter, type RouteLocationRaw } from 'vue-router'
import { session } from '@/api'
import { consolesOf } from '@/router/consoles'
import { ownPassword } from './ownPassword'

export interface Place {
  id: string
  label: string
  /** What choosing it does; without, one goes there. */
  note?: string
  run: () => void
}

/** Everywhere one may go from here, for the palette. */
export function usePlaces(showId: Ref<string | null>): ComputedRef<Place[]> {
  const { t } = useI18n()
  const router = useRouter()
  return computed(() => {
    const roles = session.me?.roles ?? []
    const place = (id: string, label: string, to: RouteLocationRaw): Place => ({ id, label, run: () => void router.push(to) })
    const here = showId.value
    const consoles = here === null ? [] : consolesOf(roles).map((name) => place(name, t(`shell.console.${name}`), `/show/${here}/${name}`))
    const events = here === null ? [] : [place('events', t('shell.events'), `/events/${here}`)]
    const tasks = place('tasks', t('task.mine'), '/tasks')
    const charter = place('charter', t('shell.charter'), '/charter')
    const password: Place = { id: 'password', label: t('shell.password_own'), note: t('shell.own'), run: () => void (ownPassword.open = true) }
    const account = place('account', t('shell.account'), '/account')
    const team = roles.includes('owner') ? [place('team', t('shell.team'), '/team'), place('audit', t('shell.audit'), '/audit')] : []
    return [...consoles, ...events, place('shows', t('shell.shows'), '/'), tasks, charter, ...team, ...(session.me === null ? [] : [account, password])]
  })
}
