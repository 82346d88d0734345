import { later } from '@/ui'

/** Opened by hand, after a console stands: none waits for them. */
export const ClaimDialog = later(() => import('./ClaimDialog.vue'))
export const ClaimSettings = later(() => import('./ClaimSettings.vue'))
export const SorryDialog = later(() => import('./SorryDialog.vue'))
