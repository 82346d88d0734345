import { defineAsyncComponent, type AsyncComponentLoader, type Component } from 'vue'

const AGAIN_MS = 3_000

/** Who opens a console reads other things first: tasks come when they are asked for, and neither screen carries the other's. */
const later = (loader: AsyncComponentLoader): Component => defineAsyncComponent({ loader, onError: (_, again) => void window.setTimeout(again, AGAIN_MS) })

export const MyTasks = later(() => import('./MyTasks.vue'))
export const TaskPanel = later(() => import('./TaskPanel.vue'))
