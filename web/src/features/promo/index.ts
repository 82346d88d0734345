export { default as ProposalList } from './ProposalList.vue'
export { sorted } from './proposals'
