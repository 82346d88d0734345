export { default as OrderList } from './OrderList.vue'
