/** The show's products as one edits them: the log's cards with one's own edits laid over them. */
import { computed, type ComputedRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { send, type ProductCard, type ProductSheet } from '@/api'
import { useView } from '@/live'
import { useSay, useToast } from '@/ui'
import { useCellEdits, type CellAddress, type Edits } from '@/ui/sheet'
import { ITEM_TYPES } from './productCells'

export interface Catalogue {
  ready: ComputedRef<boolean>
  order: ComputedRef<string[]>
  cards: ComputedRef<ReadonlyMap<string, ProductCard>>
  currency: ComputedRef<string>
  words: ComputedRef<Record<string, string>>
  others: ComputedRef<ReadonlyMap<string, readonly string[]>>
  edits: Edits
  card: (productId: string) => ProductCard | undefined
  change: (productId: string, field: string, value: unknown) => void
  editing: (at: CellAddress | null) => void
  add: (productId: string, name: string) => Promise<boolean>
  remove: (productIds: readonly string[]) => Promise<void>
}

export function useCatalogue(stream: () => string, me: () => string): Catalogue {
  const { t } = useI18n()
  const toast = useToast()
  const say = useSay(stream)
  const view = useView(stream, 'product.cards')
  const head = useView(stream, 'show.head')
  const currency = computed(() => head.rows.value.get('show')?.currency ?? 'TWD')
  const { edits, others, row: card, change, editing } = useCellEdits<ProductCard>({
    stream, me,
    drafts: 'products',
    prefix: 'product:',
    logged: (productId) => view.rows.value.get(productId),
    version: view.rows,
    send: (productId, changes, key) => send(stream(), 'product.edit', { product_id: productId, changes }, { key }),
  })

  const put = (product: ProductSheet): Promise<boolean> => say('product.add', { product, currency: currency.value })

  async function remove(productIds: readonly string[]): Promise<void> {
    const gone: ProductSheet[] = []
    for (const productId of productIds) {
      const now = card(productId)
      if (now === undefined || !(await say('product.remove', { product_id: productId }))) break
      gone.push(sheetOf(now))
    }
    if (gone.length === 0) return
    toast.undo(t('catalogue.removed', { count: gone.length, name: gone[0]?.name ?? '' }), () => { for (const sheet of gone) void put(sheet) })
  }

  return {
    ready: computed(() => view.ready.value),
    order: computed(() => [...view.rows.value.keys()].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))),
    cards: computed(() => view.rows.value),
    currency,
    words: computed(() => Object.fromEntries(ITEM_TYPES.map((one) => [one, t(`catalogue.item_type.${one === '' ? 'none' : one}`)]))),
    others, edits, card, change, editing,
    add: (productId, name) => put({ product_id: productId, name }),
    remove,
  }
}

function sheetOf(card: ProductCard): ProductSheet {
  const { product_id, name, variants, item_type, cost_minor, list_price_minor, live_price_minor, stock, per_buyer_limit } = card
  const { selling_points, doubts, certificates, must_not_say } = card
  return {
    product_id, name, variants, item_type, cost_minor, list_price_minor, live_price_minor, stock, per_buyer_limit,
    selling_points, doubts, certificates, must_not_say,
  }
}
