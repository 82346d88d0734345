import { onSight } from '@/ui'

export { default as CueFigures } from './CueFigures.vue'
export { default as FigureTiles } from './FigureTiles.vue'
export { default as FlowFigures } from './FlowFigures.vue'
export { default as FunnelFigures } from './FunnelFigures.vue'
export type { ChartMark } from './MinuteCharts.vue'
export { default as ProductFigures } from './ProductFigures.vue'
export { default as RetentionFigures } from './RetentionFigures.vue'
export { default as SpendFigures } from './SpendFigures.vue'

/** Curves come after the figures, which are read first: what draws them is a tenth of such a console. */
export const MinuteCharts = onSight(() => import('./MinuteCharts.vue'))
