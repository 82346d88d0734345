import { useSay } from '@/ui'

export interface PromoCommands {
  approve: (promoId: string) => Promise<boolean>
  /** A coin says whether it is approved now, or by itself ten minutes later. */
  toss: (promoId: string) => Promise<boolean>
  reject: (promoId: string, reason: string) => Promise<boolean>
  withdraw: (promoId: string) => Promise<boolean>
  end: (promoId: string) => Promise<boolean>
  takeBack: (promoId: string) => Promise<boolean>
  /** It was right after all. */
  sayAgain: (promoId: string) => Promise<boolean>
  /** Somebody changed it in the shop's back office (`done`), or could not: whether it is `on` or `off` now. */
  byHand: (promoId: string, now: 'on' | 'off', done: boolean, reason: string) => Promise<boolean>
}

/** What may be said to a proposal; false when the server refused, and the toast says why. */
export function usePromoCommands(stream: () => string): PromoCommands {
  const say = useSay(stream)
  return {
    approve: (promoId) => say('promo.approve', { promo_id: promoId }),
    toss: (promoId) => say('promo.approve', { promo_id: promoId, toss: true }),
    reject: (promoId, reason) => say('promo.reject', { promo_id: promoId, reason }),
    withdraw: (promoId) => say('promo.withdraw', { promo_id: promoId }),
    end: (promoId) => say('promo.end', { promo_id: promoId }),
    takeBack: (promoId) => say('promo.take_back', { promo_id: promoId }),
    sayAgain: (promoId) => say('promo.say_again', { promo_id: promoId }),
    byHand: (promoId, now, done, reason) => say('promo.settle_by_hand', { promo_id: promoId, now, done, reason }),
  }
}
