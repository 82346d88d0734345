export { default as LackList } from './LackList.vue'
export { default as ReadinessPanel } from './ReadinessPanel.vue'
export { advisedOf, requiredOf, type Lack } from './readiness'
export { useReadiness, type Readiness } from './useReadiness'
