import { later } from '@/ui'

/** Opened by hand, after a console stands: none waits for them. */
export const CorrectDialog = later(() => import('./CorrectDialog.vue'))
export const HandDialog = later(() => import('./HandDialog.vue'))
export const ReplyDialog = later(() => import('./ReplyDialog.vue'))
