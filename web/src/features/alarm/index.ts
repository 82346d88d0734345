export { default as AlarmList } from './AlarmList.vue'
export { default as MoveDialog } from './MoveDialog.vue'
export { default as MoveList } from './MoveList.vue'
