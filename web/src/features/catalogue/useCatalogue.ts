/** The show's products as one edits them: the log's cards with one's own edits laid over them. */
import { computed, onScopeDispose, type ComputedRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { send, type ProductCard, type ProductSheet } from '@/api'
import { connection, sayEditing, usePresence, useView } from '@/live'
import { useSay, useToast } from '@/ui'
import { addressKey, outcomeOf, shown, useEdits, type Edits } from '@/ui/sheet'
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
  editing: (at: { row: string; column: string } | null) => void
  add: (productId: string, name: string) => Promise<boolean>
  remove: (productIds: readonly string[]) => Promise<void>
}

/** Presence names cells by row; products are told from cues by this prefix. */
const ROW = 'product:'

export function useCatalogue(stream: () => string, me: () => string): Catalogue {
  const { t } = useI18n()
  const toast = useToast()
  const say = useSay(stream)
  const view = useView(stream, 'product.cards')
  const head = useView(stream, 'show.head')
  const people = usePresence(stream)
  const currency = computed(() => head.rows.value.get('show')?.currency ?? 'TWD')
  const edits = useEdits({
    storageKey: `kaibo.drafts.products.${stream()}`,
    send: (productId, changes, key) => outcomeOf(send(stream(), 'product.edit', { product_id: productId, changes }, { key })),
    current: (productId, field) => view.rows.value.get(productId)?.[field as keyof ProductCard],
    version: view.rows,
    online: computed(() => connection.state === 'live'),
  })
  const others = computed(() => {
    const names = new Map<string, string[]>()
    for (const person of people.value) {
      if (person.editing === null || person.person_id === me() || !person.editing.startsWith(ROW)) continue
      const at = person.editing.slice(ROW.length)
      names.set(at, [...(names.get(at) ?? []), person.name])
    }
    return names
  })
  onScopeDispose(() => { sayEditing(stream(), null) })

  function card(productId: string): ProductCard | undefined {
    const row = view.rows.value.get(productId)
    const mine = edits.edits.value.filter((edit) => edit.row === productId)
    if (row === undefined || mine.length === 0) return row
    const fields = [...new Set(mine.flatMap((edit) => edit.changes.map((one) => one.field)))]
    const over = fields.map((field) => [field, shown(mine, productId, field, row[field as keyof ProductCard])])
    return { ...row, ...(Object.fromEntries(over) as Partial<ProductCard>) }
  }

  /** The cell being edited and the card as it stood when editing began: what the editor saw is what a change is said against. */
  let begun: { row: string; column: string; card: ProductCard | undefined } | null = null

  function editing(at: { row: string; column: string } | null): void {
    begun = at === null ? null : { ...at, card: card(at.row) }
    sayEditing(stream(), at === null ? null : addressKey(ROW + at.row, at.column))
  }

  function change(productId: string, field: string, value: unknown): void {
    const seen = begun?.row === productId && begun.column === field ? begun.card : card(productId)
    if (seen !== undefined) edits.change(productId, [{ field, was: seen[field as keyof ProductCard], to: value }])
  }

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
