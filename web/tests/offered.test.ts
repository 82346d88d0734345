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
  ['', `<KButton @click="say('show.end', {})" />`],
  ['', `<KButton :action="() => say('show.end', {})" />`],
  ['', `<KButton @click="void send(stream, 'show.air', {})" />`],
  ['', `<KButton @click="send(streamOf(one), 'show.air', {})" />`],
  ['', `<KButton @click="props.say('show.end', {})" />`],
  ['', `<KButton @click="(here ? sayShow : sayHouse)('show.end', {})" />`],
  ['', `<KButton @click="say(on ? 'show.air' : 'show.end', {})" />`],
  ['async function pin() { await attempt(() => send(props.stream, `show.air`.length ? \'show.air\' : \'show.end\', {})) }', `<KButton @click="pin" />`],
  ["const pin = () => say('show.air', {})\nconst go = () => pin()", `<KButton @click="go()" />`],
  ["const pin = () => say('show.air', {})", `<form @submit.prevent="pin"><KButton type="submit" /></form>`],
  ["const pin = () => say('show.air', {})", `<KSelect @update:model-value="pin" />`],
  ["const seen = computed(() => can('show.read'))", `<KButton v-if="seen" @click="say('show.air', {})" />`],
  ['', `<IfMay duty="show.air" what="x" /><KButton @click="say('show.air', {})" />`],
])('planted: %s with %s is seen', (code, template) => {
  expect(one(code, template)).toHaveLength(1)
})

test.each([
  ['', `<IfMay duty="show.air" what="x"><KButton @click="say('show.air', {})" /></IfMay>`],
  ['', `<KButton v-if="can('show.air')" @click="say('show.air', {})" />`],
  ["const may = computed(() => open.value && can('show.air'))\nconst rows = computed(() => (may.value ? [1] : []))", `<KButton v-for="row in rows" @click="say('show.air', {})" />`],
  ["const mine = (row) => can('show.air') && row.mine", `<input :disabled="!mine(row)" @change="say('show.air', {})" />`],
  ["const pin = () => say('show.air', {})", `<form @submit.prevent="pin"><IfMay duty="show.air" what="x"><KButton type="submit" /></IfMay></form>`],
  ["const pin = () => say('show.air', {})", `<KDialog><KButton @click="pin" /></KDialog>`],
  ['', `<p v-if="!can('show.air')">x</p><KButton v-else @click="say('show.air', {})" />`],
  ['', `<KButton @click="say('gut')" /><KButton @click="open = t('show.air')" />`],
])('allowed: %s with %s', (code, template) => {
  expect(one(code, template)).toEqual([])
})

test('a component that asks nobody is shown behind a gate, everywhere', () => {
  const card = `${script('')}<template><div><KButton @click="say('show.air', {})" /></div></template>`
  const shown = (template: string): number => ungated({ 'src/a/AirCard.vue': card, 'src/a/Page.vue': `<template><div>${template}</div></template>` }).length
  expect([shown('<AirCard v-if="can(\'show.air\')" />'), shown('<KDialog><AirCard /></KDialog>')]).toEqual([0, 0])
  expect([shown('<AirCard />'), shown('<KDialog><AirCard /></KDialog><AirCard />')]).toEqual([1, 1])
})
