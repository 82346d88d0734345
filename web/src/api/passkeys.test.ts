import { expect, test } from 'vitest'
import { bytesOf, passkeysWork, textOf } from './passkeys'

test('bytes go to text and back, as the server writes them', () => {
  const all = Uint8Array.from({ length: 256 }, (_, n) => n).buffer
  expect(textOf(all)).not.toMatch(/[+/=]/)
  expect(new Uint8Array(bytesOf(textOf(all)))).toEqual(new Uint8Array(all))
})

test.each(['127.0.0.1', '192.168.1.5', '[::1]'])('at the bare address %s there are no passkeys', (hostname) => {
  expect(passkeysWork({ hostname } as Location)).toBe(false)
})
