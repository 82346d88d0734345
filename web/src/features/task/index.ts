export { default as MyTasks } from './MyTasks.vue'
export { default as TaskPanel } from './TaskPanel.vue'
