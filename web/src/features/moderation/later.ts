import { later } from '@/ui'

/** Opened by hand, after a console stands: none waits for them. */
export const AllowDialog = later(() => import('./AllowDialog.vue'))
export const WordsDialog = later(() => import('./WordsDialog.vue'))
