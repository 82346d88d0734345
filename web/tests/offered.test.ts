// @vitest-environment node
import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { ungated } from './offered'

const IN = { recursive: true, encoding: 'utf8' } as const
const texts = Object.fromEntries(readdirSync('src', IN).filter((path) => path.endsWith('.vue')).sort().map((path) => [`src/${path}`, readFileSync(`src/${path}`, 'utf8')]))

test('whatever gives a command asks the charter: IfMay, can(), or who opened the dialog did', () => {
  expect(ungated(texts)).toEqual([])
}, 60_000)

const script = (code: string): string => `<script setup lang="ts">\nconst say = useSay(() => props.stream)\n${code}\n</script>\n`
const one = (code: string, template: string): string[] => ungated({ 'src/features/x/Card.vue': `${script(code)}<template><div>${template}</div></template>` })

test.each([
  ['', `<KButton @click="say('note.unpin', {})" />`],
  ['', `<KButton :action="() => say('note.unpin', {})" />`],
  ['', `<KButton @click="void send(stream, 'note.pin', {})" />`],
  ['', `<KButton @click="send(streamOf(one), 'note.pin', {})" />`],
  ['', `<KButton @click="props.say('note.unpin', {})" />`],
  ['', `<KButton @click="(here ? sayShow : sayHouse)('note.unpin', {})" />`],
  ['', `<KButton @click="say(on ? 'note.pin' : 'note.unpin', {})" />`],
  ['async function pin() { await attempt(() => send(props.stream, `note.pin`.length ? \'note.pin\' : \'note.unpin\', {})) }', `<KButton @click="pin" />`],
  ["const pin = () => say('note.pin', {})\nconst go = () => pin()", `<KButton @click="go()" />`],
  ["const pin = () => say('note.pin', {})", `<form @submit.prevent="pin"><KButton type="submit" /></form>`],
  ["const pin = () => say('note.pin', {})", `<KSelect @update:model-value="pin" />`],
  ["const seen = computed(() => can('note.read'))", `<KButton v-if="seen" @click="say('note.pin', {})" />`],
  ['', `<IfMay duty="note.pin" what="x" /><KButton @click="say('note.pin', {})" />`],
])('planted: %s with %s is seen', (code, template) => {
  expect(one(code, template)).toHaveLength(1)
})

test.each([
  ['', `<IfMay duty="note.pin" what="x"><KButton @click="say('note.pin', {})" /></IfMay>`],
  ['', `<KButton v-if="can('note.pin')" @click="say('note.pin', {})" />`],
  ["const may = computed(() => open.value && can('note.pin'))\nconst rows = computed(() => (may.value ? [1] : []))", `<KButton v-for="row in rows" @click="say('note.pin', {})" />`],
  ["const mine = (row) => can('note.pin') && row.mine", `<input :disabled="!mine(row)" @change="say('note.pin', {})" />`],
  ["const pin = () => say('note.pin', {})", `<form @submit.prevent="pin"><IfMay duty="note.pin" what="x"><KButton type="submit" /></IfMay></form>`],
  ["const pin = () => say('note.pin', {})", `<KDialog><KButton @click="pin" /></KDialog>`],
  ['', `<p v-if="!can('note.pin')">x</p><KButton v-else @click="say('note.pin', {})" />`],
  ['', `<KButton @click="say('gut')" /><KButton @click="open = t('note.pin')" />`],
])('allowed: %s with %s', (code, template) => {
  expect(one(code, template)).toEqual([])
})

test('a component that asks nobody is shown behind a gate, everywhere', () => {
  const card = `${script('')}<template><div><KButton @click="say('note.pin', {})" /></div></template>`
  const shown = (template: string): number => ungated({ 'src/a/NoteCard.vue': card, 'src/a/Page.vue': `<template><div>${template}</div></template>` }).length
  expect([shown('<NoteCard v-if="can(\'note.pin\')" />'), shown('<KDialog><NoteCard /></KDialog>')]).toEqual([0, 0])
  expect([shown('<NoteCard />'), shown('<KDialog><NoteCard /></KDialog><NoteCard />')]).toEqual([1, 1])
})
