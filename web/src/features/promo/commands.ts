import { send } from '@/api'
import { useToast } from '@/ui'

export interface PromoCommands {
  approve: (promoId: string) => Promise<boolean>
  reject: (promoId: string, reason: string) => Promise<boolean>
  withdraw: (promoId: string) => Promise<boolean>
}

/** What may be said to a proposal; false when the server refused, and the toast says why. */
export function usePromoCommands(stream: () => string): PromoCommands {
  const toast = useToast()
  const say = (command: string, body: object): Promise<boolean> =>
    send(stream(), command, body).then(
      () => true,
      (error: unknown) => {
        toast.refused(error)
        return false
      },
    )
  return {
    approve: (promoId) => say('promo.approve', { promo_id: promoId }),
    reject: (promoId, reason) => say('promo.reject', { promo_id: promoId, reason }),
    withdraw: (promoId) => say('promo.withdraw', { promo_id: promoId }),
  }
}
