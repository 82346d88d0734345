export { default as CommentStream } from './CommentStream.vue'
export { default as HandDialog, type Handing } from './HandDialog.vue'
export { default as QuestionList } from './QuestionList.vue'
export { step, type Comment, type Question } from './desk'
