import { defineAsyncComponent } from 'vue'

/** Read after a console stands: nobody opens it in the first second. */
export const WordsDialog = defineAsyncComponent(() => import('./WordsDialog.vue'))
