export { default } from './CareConsole.vue'
