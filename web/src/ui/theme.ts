import { ref, type Ref } from 'vue'

export type Theme = 'dark' | 'light'
const KEY = 'kaibo.theme'

export const theme: Ref<Theme> = ref('dark')

/** One's own choice, else what the machine prefers; a control room is dark. */
export function startTheme(): void {
  const stored = localStorage.getItem(KEY)
  const wantsLight = window.matchMedia('(prefers-color-scheme: light)').matches
  use(stored === 'light' || (stored === null && wantsLight) ? 'light' : 'dark')
}

export function setTheme(to: Theme): void {
  localStorage.setItem(KEY, to)
  use(to)
}

function use(to: Theme): void {
  theme.value = to
  document.documentElement.dataset['theme'] = to
  document.querySelector('meta[name="theme-color"]')?.setAttribute('content', to === 'dark' ? '#0b0f15' : '#ffffff')
}
