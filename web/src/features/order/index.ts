export { default as OrderList } from './OrderList.vue'
export { newestFirst } from './orders'
