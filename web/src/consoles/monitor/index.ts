export { default } from './MonitorConsole.vue'
/** It fills the wall: no bar above it. */
export const bare = true
