// @vitest-environment node
import { Linter } from 'eslint'
import { expect, test } from 'vitest'
import tseslint from 'typescript-eslint'
import vueParser from 'vue-eslint-parser'
// @ts-expect-error: plain JavaScript, as eslint loads it
import arrows from '../arrows.js'

function problems(file: string, code: string): string[] {
  const linter = new Linter({ cwd: process.cwd() })
  const parsers = file.endsWith('.vue') ? { parser: vueParser, parserOptions: { parser: tseslint.parser } } : { parser: tseslint.parser }
  const config = { files: ['**/*.ts', '**/*.vue'], languageOptions: parsers, plugins: { house: arrows }, rules: { 'house/arrows': 'error' } }
  return linter.verify(code, [config as Linter.Config], { filename: `${process.cwd()}/${file}` }).map((found) => found.message)
}

test.each([
  ['src/features/promo/x.ts', "import a from '@/features/rundown/clock'"],
  ['src/features/promo/x.ts', "import a from '../rundown/clock'"],
  ['src/features/promo/x.ts', "import a from '@/consoles/director'"],
  ['src/features/promo/x.ts', "const a = import('@/shell/TopBar.vue')"],
  ['src/consoles/host/x.ts', "export * from '@/consoles/director'"],
  ['src/ui/x.ts', "import a from '@/features/promo/commands'"],
  ['src/live/x.ts', "import { router } from '@/router'"],
  ['src/features/order/x.ts', "type A = import('@/features/promo').X"],
  ['src/features/order/x.ts', 'const a = import(`@/features/promo`)'],
  ['src/features/order/x.ts', "const a = import.meta.glob('../promo/*.ts')"],
  ['src/features/order/x.ts', "const a = import.meta.glob(['./*.ts', '../*/commands.ts'])"],
  ['src/words/x.ts', "const a = import.meta.glob('../**/*.ts')"],
  ['src/consoles/director/x.ts', "import a from '@/features/promo/commands'"],
  ['src/shell/x.ts', "import a from '@/features/plan/instants'"],
  ['src/features/order/x.ts', "import a from '/src/features/promo/commands'"],
  ['src/ui/x.ts', "const a = import('/src/shell/TopBar.vue')"],
  ['src/features/order/x.ts', "const a = import.meta.glob('/src/features/promo/*.ts')"],
  ['src/features/order/x.ts', "const a = new Worker(new URL('../promo/worker.ts', import.meta.url))"],
  ['src/live/x.ts', 'const a = new URL(`@/consoles/host/x.ts`, import.meta.url)'],
  ['src/features/order/X.vue', "<script setup lang=\"ts\">\nimport a from '@/features/promo'\n</script>\n<template><p /></template>"],
  ['src/features/order/X.vue', '<template><a @click="import(\'@/features/promo\')" /></template>'],
  ['src/features/order/X.vue', '<template><a :href="new URL(\'../promo/a.png\', import.meta.url).href" /></template>'],
  ['src/ui/X.vue', '<template><a :is="import(`/src/shell/TopBar.vue`)">{{ 1 }}</a></template>'],
])('planted: %s with %s is seen', (file, code) => {
  expect(problems(file, code)).toHaveLength(1)
})

test.each([
  ['src/features/promo/x.ts', "import { send } from '@/api'\nimport { b } from './b'\nimport { useView } from '@/live'\nimport { c } from 'vue'"],
  ['src/consoles/director/x.ts', "import a from '@/features/promo'\nimport b from './b'"],
  ['src/shell/x.ts', "import { router } from '@/router'\nconst a = import.meta.glob('../features/*/ShellStrip.vue')"],
  ['src/words/x.ts', "const a = import.meta.glob('../**/locales/*.json')"],
  ['src/features/promo/X.vue', '<template><a @click="import(\'./sheet\')" :href="new URL(\'./a.png\', import.meta.url).href" /></template>'],
  ['src/features/promo/x.ts', "const a = new URL('../promos', location.href)\nimport b from '/src/api/x'"],
  ['src/features/promo/x.ts', "type A = import('@/api').PromoRow\nconst a = import.meta.glob('./*.ts')"],
])('allowed: %s', (file, code) => {
  expect(problems(file, code)).toEqual([])
})
