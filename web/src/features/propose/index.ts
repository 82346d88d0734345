export { marginOf } from './money'
export { default as ProposeDialog } from './ProposeDialog.vue'
