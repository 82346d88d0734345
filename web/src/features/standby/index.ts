export { default as StandbyRow } from './StandbyRow.vue'
