import { ref, watch, type Ref } from 'vue'

/** A ref kept in this browser. What cannot be read back falls to `initial`. */
export function useLocalStore<T>(key: string, initial: T): Ref<T> {
  const name = `kaibo.${key}`
  const value = ref(read(name, initial)) as Ref<T>
  watch(
    value,
    (now) => {
      try {
        localStorage.setItem(name, JSON.stringify(now))
      } catch {
        // A full or forbidden store costs the memory of a setting, nothing else.
      }
    },
    { deep: true },
  )
  return value
}

function read<T>(name: string, initial: T): T {
  try {
    const text = localStorage.getItem(name)
    return text === null ? initial : (JSON.parse(text) as T)
  } catch {
    return initial
  }
}
