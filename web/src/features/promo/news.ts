import { watch } from 'vue'
import { useI18n } from 'vue-i18n'
import type { PromoRow } from '@/api'
import { formatMoney, useToast } from '@/ui'
import { couponText, type SayWord } from '@/words/coupon'

/** What became of a promo interrupts: it is said wherever one looks. In a show that is `madeUp` the simulated shop answers, and nobody is asked to. */
export function usePromoNews(promos: () => ReadonlyMap<string, PromoRow>, productName: (productId: string) => string, madeUp: () => boolean): void {
  const { t } = useI18n()
  const toast = useToast()
  watch(promos, (now, before) => {
    for (const [id, promo] of now) {
      const was = before.get(id)
      if (was === undefined || was.stage === promo.stage) continue
      const said = newsOf(promo)
      if (said === '' || (said === 'waiting' && madeUp())) continue
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

/** What ran out before it was on: its own time, or the show. */
export const lapseOf = (promo: { end_why: string }): 'lapsed' | 'lapsed_show' => (promo.end_why === 'show_ended' ? 'lapsed_show' : 'lapsed')

/** The word for a promo whose stage has just changed; '' where nothing need be said. Pure. */
export function newsOf(promo: PromoRow): '' | 'waiting' | 'applied' | 'failed' | 'rejected' | 'taking_back' | 'ended' | 'lapsed' | 'lapsed_show' | 'stays' {
  switch (promo.stage) {
    case 'applied':
      return promo.end_failure === '' ? 'applied' : 'stays'
    case 'approved':
      return promo.end_failure === '' ? 'waiting' : 'stays'
    case 'ending':
      return promo.end_why === 'wrong' ? 'taking_back' : ''
    case 'failed':
    case 'rejected':
    case 'ended':
      return promo.stage
    case 'lapsed':
      return lapseOf(promo)
    default:
      return ''
  }
}
