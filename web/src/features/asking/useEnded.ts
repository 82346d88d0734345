import { reactive, watch } from 'vue'
import { useI18n } from 'vue-i18n'
import { idOf, read, type RequestRow } from '@/api'
import { useToast } from '@/ui'

type Streams = readonly (readonly [string, ReadonlyMap<string, RequestRow>])[]

/** What ran is said once, where it was waited for; of what a rule refused in the end the server is asked in which words. */
export function useEnded(streams: () => Streams, me: () => string, what: (one: { row: RequestRow }) => string): { whyNot: (stream: string, row: RequestRow) => string } {
  const { t } = useI18n()
  const toast = useToast()
  const waited = new Set<string>()
  const words = reactive(new Map<string, string>())
  watch(streams, (all) => {
    for (const [stream, rows] of all) {
      for (const row of rows.values()) {
        const key = `${stream}/${row.request_id}`
        if (row.person_id === me() && (row.state === 'open' || row.state === 'agreed')) waited.add(key)
        else if (waited.delete(key) && row.state === 'ran') toast.ok(t('asking.ran', { what: what({ row }) }))
      }
    }
  }, { immediate: true })

  function whyNot(stream: string, row: RequestRow): string {
    const key = `${stream}/${row.request_id}`
    if (!words.has(key)) {
      words.set(key, '')
      const holes = { kind: stream.slice(0, stream.indexOf('/')), stream_id: idOf(stream), request_id: row.request_id }
      void read('get /api/asking/{kind}/{stream_id}/{request_id}', holes).then(({ message }) => words.set(key, message), () => words.delete(key))
    }
    return words.get(key) ?? ''
  }
  return { whyNot }
}
