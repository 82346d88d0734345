import { defineAsyncComponent } from 'vue'

/** Loaded where a button is missing or a question is asked, never with a console. */
export const WhyNot = defineAsyncComponent(() => import('./WhyNot.vue'))
export const WhoMay = defineAsyncComponent(() => import('./WhoMay.vue'))
