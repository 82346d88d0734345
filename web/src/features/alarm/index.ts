export { default as AlarmList } from './AlarmList.vue'
export { MoveDialog } from './later'
export { default as MoveList } from './MoveList.vue'
