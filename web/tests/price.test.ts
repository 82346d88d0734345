import { expect, test } from 'vitest'

test('one rule, in one place: no screen compares the two by itself, and all that strike ask here', () => {
  const files = import.meta.glob<string>('../src/**/*.vue', { eager: true, query: '?raw', import: 'default' })
  const compares = /list_price_minor\s*(?:[!=]==?|[<>]=?|&&|\?[^:])/
  expect(Object.entries(files).filter(([, text]) => compares.test(text)).map(([path]) => path)).toEqual([])
  expect(['card.list_price_minor !== null', 'card.list_price_minor && x', 'list_price_minor > price'].every((text) => compares.test(text))).toBe(true)
  const asks = Object.entries(files).filter(([, text]) => text.includes('struckMinor(')).map(([path]) => path.replace(/.*\//, ''))
  expect(asks.sort()).toEqual(['HostProduct.vue', 'ProductBag.vue', 'ProgrammePanel.vue', 'PromiseList.vue'])
})
