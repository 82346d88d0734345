import vue from '@vitejs/plugin-vue'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, URL } from 'node:url'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { HtmlTagDescriptor, Plugin, Rolldown } from 'vite'
import { defineConfig } from 'vitest/config'

const server = process.env.KAIBO_SERVER ?? 'http://127.0.0.1:8000'

const COMPRESSIBLE = /\.(css|html|js|json|svg)$/
const WORTH_BYTES = 1024

/** Beside each file what it is as brotli and as gzip, so that no request has to compress. */
function compressed(): Plugin {
  let folder = ''
  return {
    name: 'compressed',
    apply: 'build',
    configResolved: (config) => {
      folder = config.build.outDir
    },
    closeBundle: () => {
      for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
        if (!COMPRESSIBLE.test(name)) continue
        const file = join(folder, name)
        const text = readFileSync(file)
        if (text.length < WORTH_BYTES) continue
        writeFileSync(`${file}.br`, brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: text.length } }))
        writeFileSync(`${file}.gz`, gzipSync(text, { level: 9 }))
      }
    },
  }
}

type InfoOf = (id: string) => Rolldown.ModuleInfo | null

/** A file and all that it is made of without waiting. */
function closure(id: string, info: InfoOf, found = new Set<string>()): Set<string> {
  if (found.has(id)) return found
  found.add(id)
  for (const next of info(id)?.importedIds ?? []) closure(next, info, found)
  return found
}

// Their weight is for the screens that ask for them.
const SMALL = /\/src\/(words\/\w+|ui\/sheet\/amounts)\.ts$/
const APART = /\/(figures\.json|ui\/sheet\/|features\/\w+\/index\.ts|@floating-ui\/|reka-ui\/dist\/(Menu|DropdownMenu|Popper|RovingFocus|Collection)\b)/

/** What asks first is one file, and what every console stands in is one: on a phone's line each question takes half a second. */
function fileOf(id: string, context: { getModuleInfo: InfoOf }): string | null {
  const info: InfoOf = (of) => context.getModuleInfo(of)
  const main = source('./src/main.ts')
  const first = closure(main, info)
  if (id === main) return null
  if (first.has(id) || id.includes('preload-helper')) return 'first'
  if (APART.test(id) && !SMALL.test(id)) return null
  return SMALL.test(id) || closure(source('./src/app.ts'), info).has(id) ? 'shell' : null
}

/** The page itself asks for what every console stands in, beside the script that asks for the console. */
function shellFirst(): Plugin {
  return {
    name: 'shell-first',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (_, { bundle }) => {
        const named = Object.keys(bundle ?? {}).filter((name) => /\b(shell|app)-[^/]+$/.test(name))
        return named.map((name): HtmlTagDescriptor => {
          const link = name.endsWith('.css') ? { rel: 'stylesheet' } : { rel: 'modulepreload' }
          return { tag: 'link', attrs: { ...link, crossorigin: true, href: `./${name}` }, injectTo: 'head' }
        })
      },
    },
  }
}

/** `words.json?language=en` is that language's part: a small feature has one file of all, and nobody waits for those they do not speak. */
function oneLanguage(): Plugin {
  return {
    name: 'one-language',
    enforce: 'pre',
    load(id) {
      const [, file, language] = /^(.*\/words\.json)\?language=([\w-]+)/.exec(id) ?? []
      if (file === undefined || language === undefined) return null
      this.addWatchFile(file)
      const words = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>
      return { code: `export default ${JSON.stringify(words[language] ?? {})}`, moduleType: 'js' }
    },
  }
}

// A console opens with 230 kB: the rest is for its figures, the heads of some twenty answers, and the icon.
const CONSOLE_BYTES_MAX = 216_000

type Chunk = Rolldown.OutputChunk
type Bundle = Rolldown.OutputBundle

/** The files that a console asks for before it stands, without the words: its own, the shell's, their styles, the letters. */
function filesOf(console: Chunk, bundle: Bundle): string[] {
  const chunks = new Set<string>()
  const walk = (name: string): void => {
    const chunk = bundle[name]
    if (chunk?.type !== 'chunk' || chunks.has(name)) return
    chunks.add(name)
    chunk.imports.forEach(walk)
  }
  walk(console.fileName)
  for (const name of Object.keys(bundle)) if (/\b(index|app)-[^/]+\.js$/.test(name)) walk(name)
  const styles = [...chunks].flatMap((name) => [...((bundle[name] as Chunk).viteMetadata?.importedCss ?? [])])
  return [...new Set([...chunks, ...styles, ...Object.keys(bundle).filter((name) => name.endsWith('.woff2'))])]
}

/** No console grows beyond what a phone's line brings in time. Fails the build, with the weights. */
function weighed(): Plugin {
  return {
    name: 'weighed',
    apply: 'build',
    writeBundle: (_, bundle) => {
      const all: readonly (Chunk | Rolldown.OutputAsset)[] = Object.values(bundle)
      const known = new Map<string, number>()
      const bytes = (name: string): number => {
        const found = known.get(name) ?? brotliCompressSync(contentOf(bundle[name])).length
        known.set(name, found)
        return found
      }
      const chunks = all.filter((one) => one.type === 'chunk')
      const words = Math.max(...chunks.filter((one) => /\/words\/spoken\//.test(one.facadeModuleId ?? '')).map((one) => bytes(one.fileName)))
      const consoles = chunks.filter((one) => /\/consoles\/\w+\/index\.ts$/.test(one.facadeModuleId ?? ''))
      const weights = consoles.map((one) => ({ name: one.name, bytes: words + filesOf(one, bundle).reduce((sum, name) => sum + bytes(name), 0) }))
      if (process.env.KAIBO_WEIGHTS !== undefined) process.stdout.write(weights.map((one) => `${one.name} ${one.bytes}\n`).join(''))
      const heavy = weights.filter((one) => one.bytes > CONSOLE_BYTES_MAX)
      if (weights.length === 0 || heavy.length > 0) throw new Error(`a console opens with at most ${CONSOLE_BYTES_MAX} bytes: ${JSON.stringify(heavy)}`)
    },
  }
}

function contentOf(file: Chunk | Rolldown.OutputAsset | undefined): Uint8Array | string {
  if (file === undefined) return ''
  return file.type === 'chunk' ? file.code : file.source
}

const source = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig({
  plugins: [vue(), oneLanguage(), shellFirst(), weighed(), compressed()],
  base: './',
  define: { __VUE_OPTIONS_API__: false, __VUE_PROD_DEVTOOLS__: false, __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: false },
  resolve: { alias: { '@': source('./src'), 'vue-i18n': source('./src/words/speech.ts') } },
  build: {
    outDir: process.env.KAIBO_WEB_OUT ?? '../kaibo/web_dist',
    emptyOutDir: true,
    target: 'es2022',
    reportCompressedSize: false,
    rolldownOptions: {
      treeshake: { moduleSideEffects: [{ test: /\/src\/((ui|ui\/sheet|api|features\/\w+)\/index|api\/figures)\.(ts|json)$/, sideEffects: false }] },
      output: { codeSplitting: { groups: [{ name: fileOf, debugName: 'files', priority: 1 }, { name: 'rules', test: /\/features\/\w+\/(?!index)\w+\.ts$/, minShareCount: 2 }] } },
    },
    chunkSizeWarningLimit: 900,
  },
  server: { proxy: { '/api': { target: server, ws: true } } },
  test: {
    environment: 'happy-dom',
    include: ['src/**/*.test.ts', 'tests/**/*.test.ts'],
    restoreMocks: true,
  },
})
