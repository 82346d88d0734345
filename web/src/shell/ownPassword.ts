import { reactive } from 'vue'

/** Whether one is giving oneself a password; the menu and the palette ask for it, the shell has the dialog. */
export const ownPassword = reactive({ open: false })
