export { default as ProductBag } from './ProductBag.vue'
