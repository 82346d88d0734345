// @vitest-environment node
/** Of two bindings of one key the newest alone is asked, and the other's act is lost without a word: no screen may have two. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { expect, test } from 'vitest'
import { SCROLL_KEYS } from '@/features/prompter/reading'
import { boundBy, boundIn, collisions, madeOf, readScript, SRC, type Bound } from './bound'

const DIGITS = [...'123456789']
/** Keys that are worked out where they are bound. */
const TOLD = {
  'String(place + 1)': DIGITS,
  'String(at + 1)': DIGITS,
  'String(no)': DIGITS,
  '`alt+${place + 1}`': DIGITS.map((digit) => `alt+${digit}`),
  'KEY[cell] ?? cell.toLowerCase()': [...'racinyx'], // of the charter's cells, R A C I as they are, N and Y for X and CF
  name: SCROLL_KEYS,
  keys: [], // where the prompter makes bindings of `key(…)`
}
/** Two that share a key and never stand together, and why. */
const APART: Record<string, string> = {
  'n: catalogue.add, plan.add': 'one tab of the planner is there at a time',
  'n: catalogue.add, task.add': 'one tab of the planner is there at a time',
  'n: plan.add, task.add': 'one tab of the planner is there at a time',
}
/** What `keys.ts` takes before it asks any screen. */
const HOUSE: readonly Bound[] = [{ id: 'ui.palette', key: 'mod+k' }, { id: 'ui.keys', key: '?' }]

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).map((file) => join(SRC, file))
const made = (roots: readonly string[]): Set<string> => new Set(roots.flatMap((file) => [...madeOf(file)]))
/** On every screen: the shell, and what features hang in it. */
const everywhere = made(files.filter((file) => /\/shell\/AppShell\.vue$|\/features\/\w+\/Shell(Strip|Side)\.vue$/.test(file)))
const screens = new Map(files.filter((file) => /\/consoles\/\w+\/index\.ts$|\/shell\/(\w+\/)?\w+Page\.vue$/.test(file)).map((file) => [relative(SRC, file), madeOf(file)]))
const always = [...HOUSE, ...boundBy(everywhere, TOLD)]
const screenOf = (own: readonly Bound[]): string[] => collisions([...always, ...own], [...always, ...own])

test('no two bindings of a screen have one key, but those that never stand together', () => {
  const found = new Set([...screens.values()].flatMap((parts) => screenOf(boundBy(new Set([...parts].filter((file) => !everywhere.has(file))), TOLD))))
  expect([...found].sort()).toEqual(Object.keys(APART).sort())
})

test('whoever binds keys is part of a screen, and read', () => {
  const binds = files.filter((file) => /\.(ts|vue)$/.test(file) && !/\.test\.ts$|\/ui\/keys\.ts$/.test(file) && /\buseKeys\(/.test(readFileSync(file, 'utf8')))
  const seen = new Set([...everywhere, ...[...screens.values()].flatMap((parts) => [...parts])])
  expect(binds.filter((file) => !seen.has(file))).toEqual([])
  expect(binds.length).toBeGreaterThan(10)
  const silent = binds.filter((file) => boundBy([file], TOLD).length === 0).map((file) => relative(SRC, file))
  expect(silent).toEqual([])
})

const planted = (code: string): Bound[] => boundIn(readScript('ShellStrip.vue', `<script setup lang="ts">\n${code}\n</script>`), TOLD)

test.each([
  ["useKeys(() => [{ id: 'mail.send', key: 'shift+i', label: t('mail.send'), run: send }])", ['shift+i: mail.send, roster.check_in']],
  ["useKeys([{ id: 'mail.send', key: 'mod+k', label: 'x', run() {} }])", ['mod+k: mail.send, ui.palette']],
  ["const run = go\nuseKeys([{ id: 'mail.one', key: 'q', run }, { id: 'mail.two', key: `q`, run }])", ['q: mail.one, mail.two']],
  ["useKeys(list.map((one, place) => ({ id: 'mail.nth', key: String(place + 1), run: one.open })))\nuseKeys([{ id: 'mail.two', key: '2', run: go }])", ['2: mail.nth, mail.two']],
  ["useKeys([key('mail.top', 'home', 'x', go), { id: 'mail.first', key: 'home', run: go }])", ['home: mail.first, mail.top']],
  ["useKeys([{ id: 'mail.one', key: 'q', run: go }])", []],
])('planted: %s', (code, told) => {
  expect(screenOf(planted(code))).toEqual(told)
})

test('planted: a key of which nobody can tell which it is', () => {
  expect(() => planted("useKeys([{ id: 'mail.one', key: choose(), run: go }])")).toThrow('which keys is `choose()`?')
})
