import { computed, type ComputedRef } from 'vue'
import type { ClaimRow } from '@/api'
import { useWhole } from '@/live'
import { allAsked, ASKED } from './claims'

/** Whoever is to be asked, of the whole show: the newest as they are heard of, the older as the log had them when it was last asked. */
export function useAsked(stream: () => string, rows: () => ReadonlyMap<string, ClaimRow>): { claims: ComputedRef<ReadonlyMap<string, ClaimRow>>; ask: () => Promise<void> } {
  const wholes = ASKED.map((rule) => ({ rule, whole: useWhole(stream, 'claim.claims') }))
  const claims = computed(() => allAsked(wholes.map(({ whole }) => whole.rows.value ?? new Map<string, ClaimRow>()), rows()))
  return { claims, ask: async () => { await Promise.all(wholes.map(({ rule, whole }) => whole.ask({ exactly: rule, all: true }))) } }
}
