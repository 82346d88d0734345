export { ProposeDialog } from './later'
