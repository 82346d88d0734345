export { default as ProductGrid } from './ProductGrid.vue'
export { useCatalogue } from './useCatalogue'
