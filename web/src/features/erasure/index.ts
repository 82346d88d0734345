export { EraseDialog } from './later'
export { default as ErasurePanel } from './ErasurePanel.vue'
