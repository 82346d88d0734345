export { default as ProposalList } from './ProposalList.vue'
export { usePromoNews } from './news'
export { sorted, tagsOf } from './proposals'
