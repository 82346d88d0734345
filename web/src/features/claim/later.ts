import { defineAsyncComponent } from 'vue'

/** Read when somebody opens them: the desk stands before. */
export const ClaimSettings = defineAsyncComponent(() => import('./ClaimSettings.vue'))
export const SorryDialog = defineAsyncComponent(() => import('./SorryDialog.vue'))
