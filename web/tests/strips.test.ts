/** What hangs across the top: of what it is made, which of many stand, and when the pinned line may be sent. */
import { parse } from '@vue/compiler-sfc'
import { flushPromises, mount } from '@vue/test-utils'
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { h, ref, type VNode } from 'vue'
import type { Me } from '@/api'
import { who } from '@/api/me'
import { channel } from '@/live'
import NoteStrip from '@/features/note/ShellStrip.vue'
import ShellStrips from '@/shell/ShellStrips.vue'
import { KStrip, palette } from '@/ui'
import { i18n } from '@/words'

interface Prop { name: string; arg?: { content?: string; isStatic?: boolean } }
interface Node { type: number; tag?: string; content?: unknown; props?: Prop[]; children?: Node[] }
const [TEXT, COMMENT] = [2, 3]

/** What is set on an element: names, `…` where it is a whole object or a name that is worked out, which may be any of them. */
const set = (one: Node): string[] => (one.props ?? []).flatMap((each) => (each.name !== 'bind' ? (each.arg === undefined ? [each.name] : []) : [each.arg?.isStatic === true ? each.arg.content ?? '' : '…']))
const within = (one: Node): Node[] => [one, ...(one.children ?? []).flatMap(within)]

/** How a strip dresses itself, or what stands in its slots: the shell alone says how high it is. */
function dress(one: Node): string {
  if (set(one).some((name) => ['class', 'style', '…'].includes(name))) return ' dressed'
  return one.tag === 'KStrip' && within(one).some((each) => set(each).some((name) => ['style', 'height', '…'].includes(name))) ? ' with dress in its slots' : ''
}

/** What a component hangs in the shell: its roots, those of a neighbour's file in its stead. The shell counts and folds `KStrip`s alone. */
function hung(folder: string, text: string): string[] {
  const { template, script, scriptSetup, styles } = parse(text).descriptor
  const code = [script?.content, scriptSetup?.content].join('\n')
  const roots = (nodes: Node[]): Node[] => nodes.flatMap((one) => {
    if (one.type === COMMENT || (one.type === TEXT && String(one.content).trim() === '')) return []
    return one.tag === 'template' ? roots(one.children ?? []) : [one]
  })
  const said = roots((template?.ast?.children ?? []) as Node[]).flatMap((one) => {
    const beside = new RegExp(`\\b(?:import|const) ${one.tag}\\b.*['"](\\./\\w+\\.vue)['"]`).exec(code)?.[1]
    if (beside !== undefined) return [...(dress(one) === '' ? [] : [`${one.tag}${dress(one)}`]), ...hung(folder, readFileSync(join(folder, beside), 'utf8'))]
    return [`${one.tag ?? 'text'}${dress(one)}`]
  })
  // A file with a strip has no rules at all: a bare `div` or `p` among them reaches the strip as well as `.k-strip` does.
  const styled = styles.length > 0 || /\bimport\b.*\.css\b/.test(code)
  return [...said, ...(styled && said.some((one) => one.startsWith('KStrip')) ? ['style'] : [])]
}
const wrong = (folder: string, text: string): string[] => {
  const found = hung(folder, text)
  return [...found.filter((one) => one !== 'KStrip' && one !== 'KDialog'), ...(found.includes('KStrip') ? [] : ['no KStrip'])]
}

const strips = readdirSync('src/features', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('/ShellStrip.vue')).map((file) => join('src/features', file))

test('a strip of a feature is a KStrip, with at most dialogs beside it', () => {
  expect(strips.length).toBeGreaterThan(3)
  expect(strips.flatMap((file) => wrong(dirname(file), readFileSync(file, 'utf8')).map((what) => `${file}: ${what}`))).toEqual([])
})

test.each([
  ['<template><div><KStrip /></div></template>', ['div', 'no KStrip']],
  ['<template><KStrip /><p v-if="open">more</p></template>', ['p']],
  ['<template><template v-if="open"><section /></template><KStrip v-else /></template>', ['section']],
  ['<template><KDialog /></template>', ['no KStrip']],
  ['<template><KStrip />{{ more }}</template>', ['text']],
  ['<template><KStrip class="whole" /></template>', ['KStrip dressed', 'no KStrip']],
  ['<template><KStrip /><KStrip :style="{ height }" /></template>', ['KStrip dressed']],
  ['<template><KStrip><template #meta><div style="height:300px" /></template></KStrip></template>', ['KStrip with dress in its slots', 'no KStrip']],
  ['<template><KStrip><template #moves><p><i :style="tall" /></p></template></KStrip></template>', ['KStrip with dress in its slots', 'no KStrip']],
  ['<template><KStrip><template #meta><i v-bind="tall" /></template></KStrip></template>', ['KStrip with dress in its slots', 'no KStrip']],
  ['<template><KStrip><template #meta><i :[how]="tall" /></template></KStrip></template>', ['KStrip with dress in its slots', 'no KStrip']],
  ['<template><KStrip><template #meta><svg height="300" /></template></KStrip></template>', ['KStrip with dress in its slots', 'no KStrip']],
  ['<template><KStrip v-bind="$attrs" /></template>', ['KStrip dressed', 'no KStrip']],
  ['<template><KStrip :[how]="tall" /></template>', ['KStrip dressed', 'no KStrip']],
  ['<template><KStrip /></template><style scoped>.k-strip{min-height:240px}</style>', ['style']],
  ['<template><KStrip /></template><style scoped>:deep(.text){line-clamp:9}</style>', ['style']],
  ['<template><KStrip /></template><style>\ndiv { padding: 99px; }\n</style>', ['style']],
  ['<template><KStrip /></template><style src="./tall.css" />', ['style']],
  ["<script setup lang=\"ts\">\nimport './tall.css'\n</script>\n<template><KStrip /></template>", ['style']],
  ["<script setup lang=\"ts\">\nimport Calls from './ShellStrip.vue'\n</script>\n<template><Calls style=\"height: 300px\" /></template>", ['Calls dressed']],
  ["<script setup lang=\"ts\">\nimport Card from './RosterPanel.vue'\n</script>\n<template><KStrip /><Card /></template>", ['KPanel']],
  ['<template><!-- why --><KStrip v-for="row in rows" whole /><KDialog /></template>', []],
  ['<template><KStrip v-if="note" v-slot:meta :text="note"><b :key="note" class="one-line" @click="go">{{ note }}</b></KStrip><KDialog><i :style="far" /></KDialog></template>', []],
])('planted: %s', (text, told) => {
  expect(wrong('src/features/roster', text)).toEqual(told)
})

/** Files of which a style, or one for all, names the strip: they would dress every strip there is. */
const dressing = (files: readonly (readonly [string, string])[]): string[] => files.filter(([, text]) => text.includes('k-strip') && parse(text).descriptor.styles.some((one) => /\bk-strip\b/.test(one.content))).map(([file]) => file)

test('only the strip itself and the shell that folds it say how it looks', () => {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.vue')).map((file) => [file, readFileSync(join('src', file), 'utf8')] as const)
  expect(dressing(files).sort()).toEqual(['shell/ShellStrips.vue', 'ui/KStrip.vue'])
  expect(dressing([['a.vue', '<template><p /></template><style>.far .k-strip .text { line-clamp: 9 }</style>'], ['b.vue', '<template><p class="k-strip" /></template><style>p { color: red }</style>']])).toEqual(['a.vue'])
})

/** Five of them in the order of their ranks; `late` interrupts, `line` is for who reads from afar. */
const five = () => ['one', 'two', 'late', 'four', 'line'].map((label) => h(KStrip, { sign: '◆', label, text: label, urgent: label === 'late', whole: label === 'line' }))
function glass(far: boolean, strips: () => VNode[] = five) {
  const page = mount(ShellStrips, { props: { far }, slots: { default: strips }, global: { plugins: [i18n] } })
  return { page, standing: () => page.findAll('.k-strip').filter((one) => one.attributes('data-folded') === undefined).map((one) => one.get('.text').text()) }
}

test('two strips stand, who interrupts and then the line for everybody before every rank; the others wait behind +n, which opens them', async () => {
  const { page, standing } = glass(false)
  await flushPromises()
  expect(standing()).toEqual(['late', 'line'])
  expect(page.get('.more').text()).toBe('+3')
  await page.get('.more button').trigger('click')
  expect(standing()).toHaveLength(5)
})

test('one that becomes urgent while it waits stands from then on, and waits again when it is urgent no more', async () => {
  const urgent = ref(false)
  const { standing } = glass(false, () => ['one', 'two', 'late'].map((label) => h(KStrip, { sign: '◆', label, text: label, urgent: label === 'late' && urgent.value })))
  await flushPromises()
  expect(standing()).toEqual(['one', 'two'])
  urgent.value = true
  await flushPromises()
  expect(standing()).toEqual(['one', 'late'])
  urgent.value = false
  await flushPromises()
  expect(standing()).toEqual(['one', 'two'])
})

test('one that becomes the whole line of a screen read from afar stands there from then on', async () => {
  const whole = ref(false)
  const { standing } = glass(true, () => ['one', 'two', 'three', 'line'].map((label) => h(KStrip, { sign: '◆', label, text: label, whole: label === 'line' && whole.value })))
  await flushPromises()
  expect(standing()).toEqual(['one', 'two', 'three'])
  whole.value = true
  await flushPromises()
  expect(standing()).toEqual(['one', 'two', 'line'])
})

test('three stand on a screen read from afar: the whole one, who interrupts, then by rank; nothing opens the others', async () => {
  const { page, standing } = glass(true)
  await flushPromises()
  expect(standing()).toEqual(['one', 'late', 'line'])
  expect(page.get('.more').text()).toBe('+2')
  expect(page.find('.more button').exists()).toBe(false)
})

test('the pinned line is one for who reads from afar, and is sent once something of it can be seen', async () => {
  who.me = { person_id: 'lin', roles: ['director'], duties: ['note.pin'] } as unknown as Me
  channel.acquire('show/s', 'show.head').rows.value = new Map([['show', { state: 'live', timezone: 'Asia/Taipei' }]]) as never
  const pinned = channel.acquire('show/s', 'note.pinned').rows
  pinned.value = new Map([['now', { note_id: 'n', text: '先聊香味', by: 'lin', at: 0 }]]) as never
  const page = mount(NoteStrip, { props: { stream: 'show/s' }, global: { plugins: [i18n] }, attachTo: document.body })
  await flushPromises()
  expect(page.get('.k-strip').classes()).toContain('whole')
  expect(page.get('.k-strip .who').classes()).toContain('one-line')
  expect([page.get('.k-strip .when').text(), page.get('.k-strip .when').classes()]).toEqual(['08:00', ['when']])
  pinned.value = new Map()
  palette.open = false
  document.dispatchEvent(new KeyboardEvent('keydown', { key: 'M', shiftKey: true }))
  await flushPromises()
  const input = document.querySelector<HTMLInputElement>('#note-form input')!
  const button = document.querySelector<HTMLButtonElement>('button[form=note-form]')!
  for (const [text, shut] of [['', true], [' \u3000', true], ['\u200b\u2060 \ufeff', true], ['\u3164', true], ['\u200b等', false]] as const) {
    input.value = text
    input.dispatchEvent(new Event('input'))
    await flushPromises()
    expect([text, button.disabled]).toEqual([text, shut])
  }
  page.unmount()
})

test('a form that stood open while another line was pinned says so, and takes nothing down before that line was read', async () => {
  who.me = { person_id: 'lin', roles: ['director'], duties: ['note.pin'] } as unknown as Me
  channel.acquire('show/s', 'show.head').rows.value = new Map([['show', { state: 'live', timezone: 'Asia/Taipei' }]]) as never
  const pinned = channel.acquire('show/s', 'note.pinned').rows
  const stands = (note_id: string, text: string): void => void (pinned.value = new Map([['now', { note_id, text, by: 'lin', at: 0 }]]) as never)
  stands('a', '先聊香味')
  const page = mount(NoteStrip, { props: { stream: 'show/s' }, global: { plugins: [i18n] }, attachTo: document.body })
  await flushPromises()
  document.dispatchEvent(new KeyboardEvent('keydown', { key: 'M', shiftKey: true }))
  await flushPromises()
  const told = (): string => document.querySelector('.k-dialog [role=alert]')?.textContent ?? ''
  const away = (): HTMLButtonElement => document.querySelector<HTMLButtonElement>('.k-dialog .away')!
  expect([told(), away().disabled]).toEqual(['', false])
  stands('b', '可以報了')
  await flushPromises()
  expect(told()).toContain('可以報了')
  expect(away().disabled).toBe(true)
  document.querySelector<HTMLButtonElement>('.k-dialog [role=alert] button')!.click()
  await flushPromises()
  expect([told(), away().disabled]).toEqual(['', false])
  expect(document.querySelector<HTMLInputElement>('#note-form input')!.value).toBe('可以報了')
  page.unmount()
})
