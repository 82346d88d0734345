import { expect, test } from 'vitest'
import { buyerName, roleWord } from './people'

test('who has a name goes by it; who has none is a buyer with the end of the id, and never the bare id', () => {
  const t = (key: string, named?: Record<string, unknown>): string => `${key}:${String(named?.['id'])}`
  expect(buyerName('露露', 'fb/1203', t)).toBe('露露')
  expect(buyerName('', 'fb/100038811234821', t)).toBe('claim.buyer:…4821')
  expect(buyerName('', '7f3a91c2d0', t)).toBe('claim.buyer:…c2d0')
  expect(buyerName('', 'fb/小美的日常好物分享', t)).toBe('claim.buyer:小美的日常好物分享')
  expect([buyerName('', 'fb/bob', t), buyerName('', '', t)]).toEqual(['claim.buyer:bob', ''])
})

test('a role goes by the name of the charter, else by the word of the house, also before the charter is read', () => {
  const t = (key: string): string => `the word ${key}`
  const knows = (key: string): boolean => key === 'shell.role.tech'
  expect(roleWord('tech', '燈光', t, knows)).toBe('燈光')
  expect([roleWord('tech', '', t, knows), roleWord('tech', undefined, t, knows)]).toEqual(['the word shell.role.tech', 'the word shell.role.tech'])
  expect(roleWord('stylist', undefined, t, knows)).toBe('stylist')
})
