import { later } from '@/ui'

/** Opened by hand, after a console stands: none waits for them. */
export const EraseDialog = later(() => import('./EraseDialog.vue'))
