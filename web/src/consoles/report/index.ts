import { wholeWords } from '@/words'

await wholeWords()
export { default } from './ReportConsole.vue'
