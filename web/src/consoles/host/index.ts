export { default } from './HostConsole.vue'
/** The prompter fills the glass: no bar above it. */
export const bare = true
