export { default as ProposalList } from './ProposalList.vue'
export { usePromoNews, whatOf } from './news'
export { MARKS, sorted, tagsOf } from './proposals'
