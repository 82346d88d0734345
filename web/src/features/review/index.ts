export { default as MonthReview } from './MonthReview.vue'
export { default as ReviewDue } from './ReviewDue.vue'
export { monthOf, stepped } from './review'
export { reviewPaper, useReview } from './useReview'
