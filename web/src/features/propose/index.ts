export { default as ProposeDialog } from './ProposeDialog.vue'
