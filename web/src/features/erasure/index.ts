export { default as EraseDialog } from './EraseDialog.vue'
export { default as ErasurePanel } from './ErasurePanel.vue'
