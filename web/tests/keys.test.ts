// @vitest-environment node
/** Of two bindings of one key the newest alone is asked, and the other's act is lost without a word: no screen may have two. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { expect, test } from 'vitest'
import { SCROLL_KEYS } from '@/features/prompter/reading'
import { keyName } from '@/ui/keys'
import { boundBy, boundIn, canBePressed, collisions, madeOf, readScript, SRC, type Bound } from './bound'

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

test('what the shell and its strips bind stands on every screen', () => {
  expect(always).toContainEqual({ id: 'roster.check_in', key: 'shift+i' })
  expect(always).toContainEqual({ id: 'ui.palette', key: 'mod+k' })
})

/** Who listens to keys past `useKeys`, and why: no other screen's key is lost by it. */
const RAW: Record<string, string> = {
  'features/charter/CharterQuestions.vue': 'digits and Enter of a dialog, while no key of a screen counts',
  'features/comment/CorrectDialog.vue': 'digits of a dialog, while no key of a screen counts',
  'features/moderation/MuteDialog.vue': 'digits of a dialog, while no key of a screen counts',
}
const listens = (text: string): boolean => /\b(?:add|use)EventListener\s*\([^)]*['"`]key(?:down|up|press)['"`]|\bonkey(?:down|up|press)\s*=[^=]|\bonKeyStroke\b/.test(text)

test('nobody listens to keys past the bindings but who is named with why', () => {
  const code = files.filter((file) => /\.(ts|vue)$/.test(file) && !/\.test\.ts$/.test(file) && !relative(SRC, file).startsWith('ui/'))
  expect(code.filter((file) => listens(readFileSync(file, 'utf8'))).map((file) => relative(SRC, file)).sort()).toEqual(Object.keys(RAW))
})

test.each([
  ["document.addEventListener('keydown', pressed)", true],
  ['window.addEventListener("keyup", pressed, true)', true],
  ['addEventListener(\n  `keypress`,\n  pressed)', true],
  ["useEventListener(document, 'keydown', pressed)", true],
  ['document.onkeydown = pressed', true],
  ["onKeyStroke('k', pressed)", true],
  ["document.addEventListener('pointerdown', pressed)", false],
  ["document.removeEventListener('keydown', pressed)", false],
  ['if (box.onkeydown === null) return', false],
])('planted: who listens by %s', (text, told) => {
  expect(listens(text)).toBe(told)
})

/** Of a screen of their own: what real screens bind is no matter of these. */
const SHELL: readonly Bound[] = [...HOUSE, { id: 'roster.check_in', key: 'shift+i' }]
const planted = (code: string): Bound[] => boundIn(readScript('ShellStrip.vue', `<script setup lang="ts">\n${code}\n</script>`), TOLD)

test.each([
  ["useKeys(() => [{ id: 'mail.send', key: 'shift+i', label: t('mail.send'), run: send }])", ['shift+i: mail.send, roster.check_in']],
  ["useKeys([{ id: 'mail.send', key: 'mod+k', label: 'x', run() {} }])", ['mod+k: mail.send, ui.palette']],
  ["const run = go\nuseKeys([{ id: 'mail.one', key: 'q', run }, { id: 'mail.two', key: `q`, run }])", ['q: mail.one, mail.two']],
  ["useKeys(list.map((one, place) => ({ id: 'mail.nth', key: String(place + 1), run: one.open })))\nuseKeys([{ id: 'mail.two', key: '2', run: go }])", ['2: mail.nth, mail.two']],
  ["useKeys([key('mail.top', 'home', 'x', go), { id: 'mail.first', key: 'home', run: go }])", ['home: mail.first, mail.top']],
  ["useKeys([{ 'id': 'mail.one', 'key': 'q', 'run': go }, { ['id']: 'mail.two', [`key`]: 'q', ['run']: go }])", ['q: mail.one, mail.two']],
  ["const KEYS = [{ id: 'mail.one', key: 'q', run: go }]\nuseKeys([...KEYS, { ...KEYS[0], id: 'mail.two', key: 'q' }])", ['q: mail.one, mail.two']],
  ["useKeys([{ ...base, id: 'mail.one', key: 'q', run: go }, { id: 'mail.two', key: 'q', run: go }])", ['q: mail.one, mail.two']],
  ["useKeys([{ id: 'mail.one', key: 'q', label: t('mail.one', { n }), run: go }])\nreturn { left, run, stop: () => { key = '' } }", []],
])('planted: %s', (code, told) => {
  const own = [...SHELL, ...planted(code)]
  expect(collisions(own, own)).toEqual(told)
})

test.each([
  ["useKeys([{ id: 'mail.one', key: choose(), run: go }])", 'which keys is `choose()`?'],
  ["useKeys([{ id: 'mail.one', key, run: go }])", 'which keys is `key`?'],
  ['useKeys(KEYS.map((one) => ({ ...one, run })))', 'which key has `{ ...one, run }`?'],
  ['const made = KEYS.map((one) => ({ ...one, run }))\nuseKeys(made)', 'which key has `{ ...one, run }`?'],
  ["useKeys(() => [{ ...base, id: 'mail.one', run: go }])", "which key has `{ ...base, id: 'mail.one', run: go }`?"],
  ["useKeys(() => [{ ...base, id: 'mail.one' }])", "which key has `{ ...base, id: 'mail.one' }`?"],
  ["useKeys(() => [{ id: 'mail.one', run: go }])", "which key has `{ id: 'mail.one', run: go }`?"],
  ["useKeys(() => [{ [which]: 'q', id: 'mail.one', run: go }])", 'which key has `{ [which]'],
  ["useKeys(() => [{ key: 'q', id: 'mail.one', run: go, ...over }])", 'may `...over` bring another key?'],
  ["useKeys(() => [{ key: 'q', run: go, [which]: 'w' }])", "may `[which]: 'w'` bring another key?"],
  ["useKeys([{ id: 'mail.one', key: 'ctrl+k', run: go }])", 'nothing that is pressed is called `ctrl+k`'],
  ["useKeys([key('mail.one', 'Q', 'x', go)])", 'nothing that is pressed is called `Q`'],
])('planted, of which nobody can tell the key: %s', (code, why) => {
  expect(() => planted(code)).toThrow(why)
})

test('a key is written as it is called when it is pressed', () => {
  const pressed = (key: string, held: Partial<KeyboardEvent> = {}): string => keyName({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held } as KeyboardEvent)
  const signs = [...'azqAZ09?!+-=[]', ' ', 'ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Escape', 'Enter', 'PageUp', 'PageDown', 'Home', 'End', 'Tab', 'Delete', 'Insert', 'Backspace', 'F1', 'F12']
  const all = signs.flatMap((key) => [false, true].flatMap((ctrlKey) => [false, true].flatMap((altKey) => [false, true].map((shiftKey) => pressed(key, { ctrlKey, altKey, shiftKey })))))
  expect(all.filter((key) => !canBePressed(key))).toEqual([])
  const never = ['ctrl+k', 'cmd+k', 'meta+k', 'Q', 'shift+Q', 'shift+mod+k', 'alt+mod+k', 'shift+alt+k', 'Mod+k', 'shift+1', 'shift+?', 'escape', 'arrowup', 'Enter', 'return', ' ', '', 'mod+', 'f13', 'qq']
  expect(never.filter(canBePressed)).toEqual([])
})

test('what Ctrl+Enter sends, ⌘⏎ sends', () => {
  const deaf = files.filter((file) => file.endsWith('.vue')).filter((file) => {
    const code = readFileSync(file, 'utf8')
    return (code.match(/@keydown\.ctrl\.enter/g) ?? []).length !== (code.match(/@keydown\.meta\.enter/g) ?? []).length
  })
  expect(deaf.map((file) => relative(SRC, file))).toEqual([])
})
