export { default as SourceLamps } from './SourceLamps.vue'
