import { later } from '@/ui'

/** Opened by whoever has a sheet: nobody else waits for it. */
export const ImportDialog = later(() => import('./ImportDialog.vue'))
export { default as RundownGrid } from './RundownGrid.vue'
export { default as ShowHead } from './ShowHead.vue'
export { default as TimingBar } from './TimingBar.vue'
export { lengthOf } from './lengths'
export { usePlan } from './usePlan'
