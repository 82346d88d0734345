import { createApp } from 'vue'
import { channel } from '@/live'
import { session } from '@/api'
import { startTheme } from '@/ui'
import { i18n } from '@/words'
import { router } from './router'
import AppShell from './shell/AppShell.vue'
import { keepPages } from './shell/offline'

startTheme()
channel.watchMachine()
channel.onFailed = () => {
  void session.load().catch(() => null)
}
createApp(AppShell).use(i18n).use(router).mount('#app')
void router.isReady().then(() => window.setTimeout(keepPages, 1_000)) // after the page: it comes first
