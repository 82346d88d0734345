export { default } from './AssistantConsole.vue'
