export { default as CueFigures } from './CueFigures.vue'
export { default as FigureTiles } from './FigureTiles.vue'
export { default as MinuteCharts, type ChartMark } from './MinuteCharts.vue'
export { default as ProductFigures } from './ProductFigures.vue'
