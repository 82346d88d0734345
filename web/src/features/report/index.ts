export { default as ReportTables } from './ReportTables.vue'
export { default as ReportSummary } from './ReportSummary.vue'
export { eventsLink, type ShowReport } from './types'
