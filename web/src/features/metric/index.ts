import { defineAsyncComponent } from 'vue'

export { default as CueFigures } from './CueFigures.vue'
export { default as FigureTiles } from './FigureTiles.vue'
export { default as FlowFigures } from './FlowFigures.vue'
export { default as FunnelFigures } from './FunnelFigures.vue'
export type { ChartMark } from './MinuteCharts.vue'
export { default as ProductFigures } from './ProductFigures.vue'
export { default as RetentionFigures } from './RetentionFigures.vue'
export { default as SpendFigures } from './SpendFigures.vue'

const AGAIN_MS = 3_000

/** Curves come after the figures, which are read first: what draws them is a tenth of such a console. */
export const MinuteCharts = defineAsyncComponent({
  loader: () => import('./MinuteCharts.vue'),
  onError: (_, again) => void window.setTimeout(again, AGAIN_MS),
})
