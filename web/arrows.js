/** An eslint rule: shell → consoles → features → ui · live · api · words. Features meet only in a console. */
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const SRC = join(dirname(fileURLToPath(import.meta.url)), 'src')
const RANK = { shell: 3, router: 3, consoles: 2, features: 1, ui: 0, live: 0, api: 0, words: 0 }

/** Where a file stands: its floor and, for a feature or console, which one. null: outside (main.ts, packages). */
function placeOf(file) {
  const [floor, name] = relative(SRC, file).split(/[\\/]/)
  return floor in RANK && name !== undefined ? { floor, name, rank: RANK[floor] } : null
}

/** Why a file must not import another, or null. */
export function wrongTurn(from, source) {
  const target = source.startsWith('@/') ? join(SRC, source.slice(2)) : source.startsWith('.') ? resolve(dirname(from), source) : null
  const here = placeOf(from)
  const there = target === null ? null : placeOf(join(target, 'index'))
  if (here === null || there === null) return null
  if (there.rank > here.rank) return `${here.floor} must not import ${there.floor}`
  const paired = here.floor === there.floor && (here.floor === 'features' || here.floor === 'consoles')
  return paired && here.name !== there.name ? `${here.floor}/${here.name} must not import ${there.floor}/${there.name}` : null
}

export default {
  rules: {
    arrows: {
      meta: { type: 'problem', schema: [] },
      create(context) {
        const check = (node) => {
          const why = typeof node.source?.value === 'string' ? wrongTurn(context.filename, node.source.value) : null
          if (why !== null) context.report({ node, message: `${why}: shell → consoles → features → ui, live, api, words` })
        }
        return { ImportDeclaration: check, ImportExpression: check, ExportNamedDeclaration: check, ExportAllDeclaration: check }
      },
    },
  },
}
