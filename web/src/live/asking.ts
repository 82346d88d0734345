import { reactive } from 'vue'

/** The dead button that was pressed last: the duty that one lacks, and what the button says. '' none: the shell answers it once, for all screens. */
export const asking = reactive({ duty: '', what: '' })
