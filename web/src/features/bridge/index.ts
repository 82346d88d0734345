export { default as BridgePanel } from './BridgePanel.vue'
