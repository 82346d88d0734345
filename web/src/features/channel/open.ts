import { ref, type Ref } from 'vue'

/** Whether the channel stands beside the console: of this page, so that a reload begins with the console alone. */
export const channelOpen: Ref<boolean> = ref(false)
/** The room that was opened last ('': none yet), and a message that somebody wants to see. */
export const channelRoom: Ref<string> = ref('')
export const channelMessage: Ref<string> = ref('')
/** Counts up when somebody wants to write at once. */
export const channelWrite: Ref<number> = ref(0)
