import { later } from '@/ui'

/** Opened by hand, after a console stands: none waits for them. */
export const AlarmForm = later(() => import('./AlarmForm.vue'))
export const MoveDialog = later(() => import('./MoveDialog.vue'))
