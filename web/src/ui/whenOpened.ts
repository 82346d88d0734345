import { onMounted, watch } from 'vue'

/** What a dialog does each time it opens, and shuts. One whose code comes later is open before it is there: it begins once it is mounted. */
export function whenOpened(open: () => boolean, begin: () => void | Promise<void>, end?: () => void): void {
  onMounted(() => void (open() && begin()))
  watch(open, (now) => void (now ? begin() : end?.()))
}
