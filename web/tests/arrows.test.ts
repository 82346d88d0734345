// @vitest-environment node
import { ESLint, Linter } from 'eslint'
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import tseslint from 'typescript-eslint'
import vueParser from 'vue-eslint-parser'
// @ts-expect-error: plain JavaScript, as eslint loads it
import arrows, { styled, wrongTurn } from '../arrows.js'

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
  // what starts the app, with or without its ending
  ['src/live/x.ts', "import { router } from '@/router.ts'"],
  ['src/live/x.ts', "import { router } from '@/router/index.ts'"],
  ['src/features/order/x.ts', "import '../../main'"],
  ['src/shell/x.ts', "import App from '@/App.vue'"],
  ['src/features/order/x.ts', "const a = import.meta.glob('../../{features,shell}/x.ts')"],
  // a name that nobody can look at beforehand, or asked for under another
  ['src/features/order/x.ts', "const a = import('@/features/' + x)"],
  ['src/features/order/x.ts', 'const a = import(`../${x}/clock.ts`)'],
  ['src/features/order/x.ts', 'const a = import(x)'],
  ['src/features/order/X.vue', '<template><a @click="import(`@/features/${x}`)" /></template>'],
  ['src/features/order/x.ts', 'const a = import.meta.glob(x)'],
  ['src/features/order/x.ts', "const a = import.meta.glob(['./*.ts', `../${x}/*.ts`])"],
  ['src/features/order/x.ts', "const a = import.meta.glob('./*.ts', { base: '../promo' })"],
  ['src/features/order/x.ts', "const a = import.meta.glob('./*.ts', { eager: true, ...more })"],
  ['src/features/order/x.ts', "const { glob } = import.meta\nconst a = glob('../promo/*.ts')"],
  ['src/features/order/x.ts', "const glob = import.meta.glob\nconst a = glob('../promo/*.ts')"],
  ['src/features/order/x.ts', "const a = import.meta['glob']('../promo/*.ts')"],
  ['src/features/order/x.ts', "const u = import.meta.url\nconst a = new URL('../promo/a.png', u)"],
  ['src/features/order/x.ts', 'const a = new URL(`../promo/${x}.png`, import.meta.url)'],
  ['src/features/order/x.ts', "import a = require('../promo')"],
  // the other parts of a page's file
  ['src/features/order/X.vue', "<template><p /></template>\n<style scoped>\n@import '../promo/x.css';\n</style>"],
  ['src/features/order/X.vue', '<template><p /></template>\n<style>\n@import url(../promo/x.css);\n</style>'],
  ['src/features/order/X.vue', "<template><p /></template>\n<style module>\n.a { composes: b from '@/features/promo/x.css' }\n</style>"],
  ['src/features/order/X.vue', '<template><p /></template>\n<style>\n.a { background: url( "../promo/a.png" ) }\n</style>'],
  ['src/features/order/X.vue', '<template><p /></template>\n<style>\n.a { background: URL(@/features/promo/a.png) }\n</style>'],
  ['src/features/order/X.vue', '<template><p /></template>\n<style scoped src="../promo/x.css"></style>'],
  ['src/features/order/X.vue', '<script src="../promo/x.ts"></script>\n<template><p /></template>'],
  ['src/features/order/X.vue', '<template src="../promo/x.html"></template>'],
  ['src/features/order/X.vue', '<template><img src="@/features/promo/a.png" /></template>'],
  ['src/features/order/X.vue', '<template><p><img srcset="./a.png 1x, ../promo/a.png 2x" /></p></template>'],
  ['src/features/order/X.vue', '<template><video poster="/src/features/promo/a.png" /></template>'],
  ['src/features/order/X.vue', '<template><svg><use xlink:href="../promo/a.svg?raw#x" /></svg></template>'],
  ['src/features/order/X.vue', '<script setup lang="ts"></script>\n<template><p :title="(x as import(\'@/features/promo\').X)" /></template>'],
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
  ['src/shell/x.ts', "const a = import.meta.env.DEV\nconst b = import.meta.glob('../features/*/ShellStrip.vue', { eager: true })"],
  ['src/features/promo/X.vue', '<template><p><img src="./a.png" /><a href="https://x.tw/../order">x</a></p></template>\n<style scoped src="./x.css"></style>'],
  ['src/features/promo/X.vue', "<template><p /></template>\n<style>\n/* url(../order/a.png) */\n@import '@/ui/tokens.css';\n.a { background: url('data:image/svg+xml,../order') }\n</style>"],
])('allowed: %s', (file, code) => {
  expect(problems(file, code)).toEqual([])
})

/** What a sheet of its own names, which eslint does not read. */
const wrongSheets = (file: string, css: string): string[] => styled(css).flatMap((source: string) => wrongTurn(resolve(file), source) ?? [])

test('a style sheet of its own turns nowhere it must not', () => {
  expect(wrongSheets('src/features/order/x.css', "@import '../promo/x.css';\n.a { background: url(@/shell/a.png) }")).toHaveLength(2)
  const sheets = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.css')).map((file) => join('src', file))
  expect(sheets.length).toBeGreaterThan(0)
  expect(sheets.flatMap((file) => wrongSheets(file, readFileSync(file, 'utf8')))).toEqual([])
})

test.each(['js', 'mjs', 'cjs', 'jsx', 'mts', 'cts', 'tsx'])('planted: a .%s file among the app\'s is seen', async (ending) => {
  const told = async (file: string): Promise<(string | null)[]> => (await new ESLint({ cwd: process.cwd() }).lintText('export {}\n', { filePath: file })).flatMap((one) => one.messages.map((found) => found.ruleId))
  expect(await told(`src/features/order/x.${ending}`)).toEqual(['house/typed'])
  expect(await told('src/features/order/x.ts')).toEqual([])
})
