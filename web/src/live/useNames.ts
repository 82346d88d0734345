import { useI18n } from 'vue-i18n'
import { can } from '@/api'
import { useView } from './index'

export interface Names {
  /** What somebody is called; of an id that names nobody it is said so. */
  nameOf: (person: string) => string
  /** The name alone, where there is one. */
  known: (person: string) => string | undefined
}

/** The one place that says what people are called, also those who left and tokens. No screen shows an id. */
export function useNames(wanted: () => boolean = () => can('people.read')): Names {
  const { t } = useI18n()
  const names = useView(() => (wanted() ? 'workspace/main' : null), 'workspace.names')
  const known = (person: string): string | undefined => names.rows.value.get(person)?.name
  function nameOf(person: string): string {
    if (person === '') return ''
    if (person === 'system') return t('server.role.system')
    return known(person) ?? (wanted() && !names.ready.value ? '…' : t('live.somebody'))
  }
  return { nameOf, known }
}
