export { default } from './PlannerConsole.vue'
