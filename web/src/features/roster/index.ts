export { default as RosterPanel } from './RosterPanel.vue'
export { dutiesOf } from './roster'
export { useRoster } from './useRoster'
