import { watch } from 'vue'
import { useI18n } from 'vue-i18n'
import type { PromoRow } from '@/api'
import { formatMoney, useToast } from '@/ui'
import { couponText, type SayWord } from '@/words/coupon'
import type { PromoReads } from './proposals'

/** What became of a promo interrupts: it is said wherever one looks. In a show that is `madeUp` the simulated shop answers, and nobody is asked to. */
export function usePromoNews(promos: () => ReadonlyMap<string, PromoRow>, productName: (productId: string) => string, madeUp: () => boolean): void {
  const { t } = useI18n()
  const toast = useToast()
  watch(promos, (now, before) => {
    for (const [id, promo] of now) {
      const was = before.get(id)
      const said = newsOf(promo)
      if (was === undefined || said === newsOf(was) || said === '' || (said === 'waiting' && madeUp())) continue
      const words = t(`promo.news.${said}`, { name: productName(promo.product_id), what: whatOf(promo, t) })
      if (said === 'applied' || said === 'ended') toast.ok(words)
      else toast.info(words)
    }
  })
}

/** Which promo it is: 促銷價 NT$399, 贈品「旅行組」, 「週年券」減 NT$100. */
export function whatOf(promo: Pick<PromoRow, 'kind' | 'price_minor' | 'gift' | 'coupon' | 'currency'>, t: SayWord): string {
  if (promo.coupon !== null) return couponText(promo.coupon, promo.currency, t)
  return promo.kind === 'gift' ? t('promo.what.gift', { gift: promo.gift }) : t('promo.what.price', { price: formatMoney(promo.price_minor, promo.currency) })
}

const SILENT = ['proposed', 'withdrawn', 'ending', 'replaced'] as const
type Silent = (typeof SILENT)[number]
const isSilent = (reads: PromoReads): reads is Silent => (SILENT as readonly PromoReads[]).includes(reads)

/** The word for a promo that has just changed; '' where nothing need be said. One that was to be stopped on its way and was not may come on yet. Pure. */
export function newsOf(promo: Pick<PromoRow, 'reads' | 'stage'>): '' | 'waiting' | 'not_stopped' | Exclude<PromoReads, Silent | 'approved'> {
  if (promo.reads === 'approved') return 'waiting'
  if (promo.reads === 'not_taken_back' && promo.stage === 'approved') return 'not_stopped'
  return isSilent(promo.reads) ? '' : promo.reads
}
