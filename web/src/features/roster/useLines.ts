import { reactive, watch } from 'vue'
import { useI18n } from 'vue-i18n'
import { can, figureTitle, read, type SheetLine } from '@/api'
import { formatClock, formatMoney, formatRatio } from '@/ui'
import type { Roster } from './useRoster'

/** Lines of the sheet, in the reader's words. */
export function useLines(roster: Roster): { textOf: (line: SheetLine) => string; asideOf: (line: SheetLine) => string } {
  const { t, te, locale } = useI18n()
  const known = (key: string, text: string): string => (te(key) ? t(key) : text)
  const titles = reactive(new Map<string, string>()) // of the shipped tasks, in the reader's language
  watch(
    locale,
    async () => {
      const answer = can('task.read') ? await read('get /api/tasks/words', {}).catch(() => null) : null
      for (const [key, text] of Object.entries(answer?.titles ?? {})) titles.set(key, text)
    },
    { immediate: true },
  )
  function subjectOf(line: SheetLine): string {
    switch (line.kind) {
      case 'alarm': return figureTitle(line.subject, locale.value)
      case 'move_proposed': return known(`alarm.move.${line.subject}`, line.subject)
      case 'offer': case 'role_empty': return roster.roleName(line.subject)
      case 'task_open': case 'task_blocked': return titles.get(line.subject) ?? line.subject
      default: return line.subject
    }
  }
  function wordsOf(line: SheetLine): string {
    if (line.kind === 'trying') return [known(`alarm.move.${line.text}`, line.text), known(`alarm.verdict.${line.verdict}`, line.verdict), line.ratio === null ? '' : formatRatio(line.ratio)].filter((one) => one !== '').join(' · ')
    return line.text
  }
  const clock = (at: number): string => formatClock(at, roster.show.value?.timezone ?? 'Asia/Taipei')
  return {
    textOf: (line) => t(`roster.line.${line.kind}`, { subject: subjectOf(line), text: wordsOf(line), n: line.count, money: line.amount_minor === null ? '' : formatMoney(line.amount_minor, line.currency) }).trim(),
    asideOf: (line) => [line.person_id === '' ? '' : roster.nameOf(line.person_id), line.at === null ? '' : clock(line.at)].filter((one) => one !== '').join(' '),
  }
}
