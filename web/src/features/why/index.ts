import { defineAsyncComponent } from 'vue'

/** Loaded where a question is asked, never with a console. */
export const WhoMay = defineAsyncComponent(() => import('./WhoMay.vue'))
