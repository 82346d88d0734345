export { default as DrawNotice } from './DrawNotice.vue'
export { default as DrawPanel } from './DrawPanel.vue'
export { drawsOf, prizesOf, undrawn } from './draws'
