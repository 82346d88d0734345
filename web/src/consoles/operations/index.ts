export { default } from './OperationsConsole.vue'
