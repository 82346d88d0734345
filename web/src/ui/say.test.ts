import { beforeEach, expect, it } from 'vitest'
import { Refused } from '@/api'
import { toasts } from './toasts'
import { useAsking, useAttempt } from './say'

const no = new Refused('promo.self_approval', 409, { promo_id: 'p1' }, '不能審核自己的提案')

beforeEach(() => { toasts.splice(0) })

it('what the server refuses is told once and comes back false', async () => {
  const attempt = useAttempt()
  expect(await attempt(async () => 1)).toBe(true)
  expect(toasts).toEqual([])
  expect(await attempt(() => Promise.reject(no))).toBe(false)
  expect(toasts.map((toast) => toast.text + toast.detail)).toEqual(['不能審核自己的提案']) // its words, and no code
})

it('a form waits, says beside its fields why not, and forgets it when asked again', async () => {
  const { pending, wrong, ask } = useAsking()
  const asked = ask(() => Promise.reject(no))
  expect(pending.value).toBe(true)
  expect([await asked, pending.value, wrong.value]).toEqual([false, false, '不能審核自己的提案'])
  expect([await ask(async () => null), wrong.value]).toEqual([true, ''])
})

it('a bug is no refusal', async () => {
  const { pending, ask } = useAsking()
  await expect(ask(() => Promise.reject(new TypeError('bug')))).rejects.toThrow('bug')
  expect(pending.value).toBe(false)
})
