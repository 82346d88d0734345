export { default as ProposalList } from './ProposalList.vue'
export { usePromoNews, whatOf } from './news'
export { sorted, tagsOf } from './proposals'
