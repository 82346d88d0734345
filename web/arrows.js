/** An eslint rule: shell → consoles → features → ui · live · api · words. Features meet only in a console. */
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const SRC = join(dirname(fileURLToPath(import.meta.url)), 'src')
const RANK = { shell: 3, router: 3, consoles: 2, features: 1, ui: 0, live: 0, api: 0, words: 0 }

/** Where a file or a pattern stands: its floor and, for a feature or console, which one. null: outside (main.ts, packages). */
function placeOf(file) {
  const [floor, name, ...inner] = relative(SRC, file).split(/[\\/]/)
  if (floor.includes('*')) return { floor, name: '*', rank: Infinity, inner }
  return floor in RANK && name !== undefined ? { floor, name, rank: RANK[floor], inner } : null
}

/** The file that is named, by its alias, from the root of the web or from where it is named; null: a package. */
function targetOf(from, source) {
  if (source.startsWith('@/')) return join(SRC, source.slice(2))
  if (source.startsWith('/src/')) return join(SRC, source.slice(5))
  return source.startsWith('.') ? resolve(dirname(from), source) : null
}

/** Why a file must not import another, or a pattern of others, or null. */
export function wrongTurn(from, source) {
  const target = targetOf(from, source)
  const here = placeOf(from)
  const there = target === null ? null : placeOf(join(target, 'index'))
  if (here === null || there === null) return null
  if (there.rank > here.rank) return `${here.floor} must not import ${there.floor}`
  const paired = here.floor === there.floor && (here.floor === 'features' || here.floor === 'consoles')
  if (paired && here.name !== there.name) return `${here.floor}/${here.name} must not import ${there.floor}/${there.name}`
  const inner = there.floor === 'features' && here.floor !== 'features' && there.name !== '*' && there.inner.length > 1
  return inner ? `${here.floor} takes of features/${there.name} what its index gives` : null
}

/** What is named: a text, or a template in which nothing is filled in. */
function named(source) {
  if (source?.type === 'TemplateLiteral') return source.quasis.length === 1 ? [source.quasis[0].value.cooked] : []
  return typeof source?.value === 'string' ? [source.value] : []
}

/** The patterns of `import.meta.glob`. Words, which are JSON, are gathered from everywhere. */
function globbed({ callee, arguments: [first] }) {
  const glob = callee.type === 'MemberExpression' && callee.object.type === 'MetaProperty' && callee.property.name?.startsWith('glob')
  const patterns = !glob ? [] : first?.type === 'ArrayExpression' ? first.elements.flatMap(named) : named(first)
  return patterns.filter((pattern) => !pattern.startsWith('!') && !pattern.endsWith('.json'))
}

/** What `new URL(…, import.meta.url)` names: a worker, or a file that is fetched. */
function located({ callee, arguments: [first, base] }) {
  const here = base?.type === 'MemberExpression' && base.object.type === 'MetaProperty'
  return callee.name === 'URL' && here ? named(first) : []
}

export default {
  rules: {
    arrows: {
      meta: { type: 'problem', schema: [] },
      create(context) {
        const check = (node, sources) => {
          for (const source of sources) {
            const why = wrongTurn(context.filename, source)
            if (why !== null) context.report({ node, message: `${why}: shell → consoles → features → ui, live, api, words` })
          }
        }
        const imported = (node) => check(node, named(node.source))
        const reached = {
          ImportExpression: imported,
          CallExpression: (node) => check(node, globbed(node)),
          NewExpression: (node) => check(node, located(node)),
        }
        const script = {
          ...reached,
          ImportDeclaration: imported,
          ExportNamedDeclaration: imported,
          ExportAllDeclaration: imported,
          TSImportType: (node) => check(node, named(node.source ?? node.argument?.literal)),
        }
        const { defineTemplateBodyVisitor } = context.sourceCode.parserServices
        return defineTemplateBodyVisitor === undefined ? script : defineTemplateBodyVisitor(reached, script)
      },
    },
  },
}
