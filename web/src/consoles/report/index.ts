export { default } from './ReportConsole.vue'
