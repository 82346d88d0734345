export { default } from './DirectorConsole.vue'
