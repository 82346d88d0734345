import { defineAsyncComponent } from 'vue'

export { notHere } from './roster'
export { useRoster } from './useRoster'

/** On a tab of the planner's: the other tabs do not wait for it. */
export const RosterPanel = defineAsyncComponent(() => import('./RosterPanel.vue'))
export const ShiftsPanel = defineAsyncComponent(() => import('./ShiftsPanel.vue'))
