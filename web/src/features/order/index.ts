export { default as OrderList } from './OrderList.vue'
export { default as OddOrders } from './OddOrders.vue'
export { linesOf, newestFirst, TONES } from './orders'
