// @vitest-environment node
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'

/** Each form as it is right, and with one letter too many. */
const PLANTED: readonly [right: string, wrong: string][] = [
  ["void send('show/x', 'promo.approve', { promo_id: 'p' })", "void send('show/x', 'promo.approvve', { promo_id: 'p' })"],
  ["void send('show/x', 'promo.reject', { promo_id: 'p', reason: '' })", "void send('show/x', 'promo.reject', { promo_id: 'p', reasson: '' })"],
  ["void send('show/x', 'rundown.go', { expect_cue_id: 'c' })", "void send('show/x', 'rundown.go', { expect_cue_id: 1 })"],
  ["void send('show/x', 'promo.approve', { promo_id: 'p' })", "void send('show/x', 'promo.approve', {})"],
  ["useView('show/x', 'promo.board')", "useView('show/x', 'promo.boardd')"],
  ["useView('show/x', 'comment.stream', 'kind=question')", "useView('show/x', 'promo.board', 'kind=price')"],
  ["useView('show/x', 'promo.board').rows.value.get('p')?.stage", "useView('show/x', 'promo.board').rows.value.get('p')?.stagge"],
  ["useView('show/x', 'promo.board').rows.value.get('p')?.stage === 'failed'", "useView('show/x', 'promo.board').rows.value.get('p')?.stage === 'faild'"],
  ["refused.is('promo.in_flight') && refused.data.other_promo_id", "refused.is('promo.in_fligght')"],
  ["refused.is('promo.in_flight') && refused.data.other_promo_id", "refused.is('promo.in_flight') && refused.data.other_promo.toString()"],
  ["void read('get /api/shows/{show_id}/report', { show_id: 'x' })", "void read('get /api/shows/{show_id}/reportt', { show_id: 'x' })"],
  ["void read('get /api/shows/{show_id}/report', { show_id: 'x' })", "void read('get /api/shows/{show_id}/report', { show: 'x' })"],
  ["channel.people('show/x').value[0]?.editing", "channel.people('show/x').value[0]?.editting"],
]
const HEAD = ["import { read, Refused, send } from '@/api'", "import { channel, useView } from '@/live'", "const refused = new Refused('network.lost', 0, {}, '')"]

/** What `npm run check` says of these files beside the app's own: file and line of each complaint. */
function complaints(files: Record<string, string>): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'kaibo-seam-'))
  try {
    symlinkSync(join(process.cwd(), 'node_modules'), join(folder, 'node_modules'))
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ extends: join(process.cwd(), 'tsconfig.json'), include: ['*.ts', '*.vue'] }))
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
    const said = spawnSync('node', [join(process.cwd(), 'node_modules/vue-tsc/bin/vue-tsc.js'), '--noEmit', '-p', folder], { cwd: folder, encoding: 'utf8' })
    return [...said.stdout.matchAll(/^(\S+)\((\d+),\d+\): error/gm)].map(([, file, line]) => `${file}:${line}`)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

test('what is misspelt at the seam is seen by the check, each form at its line', () => {
  const lines = (which: 0 | 1): string => [...HEAD, ...PLANTED.map((pair) => `export const f${PLANTED.indexOf(pair)} = () => ${pair[which]}`)].join('\n')
  const template = (field: string): string =>
    `<script setup lang="ts">\nimport { useView } from '@/live'\nconst board = useView('show/x', 'promo.board')\n</script>\n<template>\n  <p v-for="[key, row] in board.rows.value" :key="key">{{ row.${field} }}</p>\n</template>\n`
  const found = complaints({ 'right.ts': lines(0), 'wrong.ts': lines(1), 'Right.vue': template('stage'), 'Wrong.vue': template('stagge') })
  const expected = PLANTED.map((_, place) => `wrong.ts:${HEAD.length + 1 + place}`)
  expect(found.sort()).toEqual([...expected, 'Wrong.vue:6'].sort())
}, 60_000)

test('the check reads every file of the app', () => {
  const { include } = JSON.parse(readFileSync('tsconfig.json', 'utf8')) as { include: string[] }
  expect(include).toEqual(expect.arrayContaining(['src/**/*.ts', 'src/**/*.vue', 'tests/**/*.ts']))
})
