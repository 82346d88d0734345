export { lackingOf, openOf } from './standby'
export { default as StandbyRow } from './StandbyRow.vue'
