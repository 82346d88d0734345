// @vitest-environment node
import { ESLint } from 'eslint'
import { expect, test } from 'vitest'

const found = async (code: string): Promise<string[]> => {
  const [told] = await new ESLint({ cwd: process.cwd() }).lintText(code, { filePath: 'src/features/claim/X.ts' })
  return told?.messages.filter((one) => one.ruleId === 'no-restricted-syntax').map((one) => one.message) ?? []
}

test.each(['watch(open, go)', 'watch(() => props.open, go)', 'watch(() => open.value, go, { immediate: true })'])('planted: %s is seen', async (code) => {
  expect(await found(code)).toHaveLength(1)
})
test.each(['whenOpened(() => open.value, go)', 'watch([open, draft], go)', 'watch(rows, () => open.value)'])('allowed: %s', async (code) => {
  expect(await found(code)).toEqual([])
})
