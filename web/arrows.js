/** An eslint rule: shell → consoles → features → ui · live · api · words. Features meet only in a console. */
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const SRC = join(dirname(fileURLToPath(import.meta.url)), 'src')
const RANK = { shell: 3, router: 3, consoles: 2, features: 1, ui: 0, live: 0, api: 0, words: 0 }
/** What starts the app (`main.ts`, `app.ts`) knows everything, and nobody knows it. */
const START = 4

const plain = (name) => name?.replace(/\.\w+$/, '')

/** Where a file stands: its floor and, for a feature or console, which one. null: outside the floors. */
function placeOf(file) {
  const [floor, name, ...inner] = relative(SRC, file).split(/[\\/]/)
  return floor in RANK && name !== undefined ? { floor, name, rank: RANK[floor], inner } : null
}

/** Where what is named stands: a file with or without its ending, or a pattern of several. null: outside (packages). */
function aimOf(target) {
  const [floor, name, ...inner] = relative(SRC, join(target, 'index')).split(/[\\/]/)
  if (floor === '..') return null
  if (floor.includes('*')) return { floor, name: '*', rank: Infinity, inner }
  return { floor: plain(floor), name: plain(name), rank: RANK[plain(floor)] ?? START, inner }
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
  const there = target === null ? null : aimOf(target)
  if (here === null || there === null) return null
  if (there.rank > here.rank) return `${here.floor} must not import ${there.floor}`
  const paired = here.floor === there.floor && (here.floor === 'features' || here.floor === 'consoles')
  if (paired && here.name !== there.name) return `${here.floor}/${here.name} must not import ${there.floor}/${there.name}`
  const inner = there.floor === 'features' && here.floor !== 'features' && there.name !== '*' && there.inner.length > 1
  return inner ? `${here.floor} takes of features/${there.name} what its index gives` : null
}

/** What a style sheet names: whatever is quoted there, and an address that is not. */
export function styled(css) {
  const said = css.replace(/\/\*[^]*?\*\//g, '')
  return [...said.matchAll(/(['"])(.*?)\1|\burl\(\s*([^\s'")]+)/gi)].map(([, , quoted, bare]) => quoted ?? bare)
}

/** A name with a hole, which nobody can look at beforehand. */
const HOLE = Symbol('hole')

/** What is named: a text, or a template in which nothing is filled in. */
function named(source) {
  if (source === null || source === undefined) return []
  if (source.type === 'TemplateLiteral' && source.quasis.length === 1) return [source.quasis[0].value.cooked]
  return [typeof source.value === 'string' ? source.value : HOLE]
}

const ofMeta = (node) => node?.type === 'MemberExpression' && node.object.type === 'MetaProperty'

/** The patterns of `import.meta.glob`. Words, which are JSON, are gathered from everywhere. */
function globbed({ callee, arguments: [first, options] }) {
  if (!ofMeta(callee) || !callee.property.name?.startsWith('glob')) return []
  const patterns = first?.type === 'ArrayExpression' ? first.elements.flatMap(named) : named(first)
  const based = (options?.properties ?? []).some((one) => one.key === undefined || (one.key.name ?? one.key.value) === 'base')
  return [...(based ? [HOLE] : []), ...patterns.filter((pattern) => pattern === HOLE || !(pattern.startsWith('!') || pattern.endsWith('.json')))]
}

/** What `new URL(…, import.meta.url)` names: a worker, or a file that is fetched. */
function located({ callee, arguments: [first, base] }) {
  return callee.name === 'URL' && ofMeta(base) ? named(first) : []
}

/** `import.meta` under another name, or a part of it: what is asked of that is not seen. */
function renamed(node) {
  const { parent } = node
  if (!ofMeta(parent) || parent.computed) return [HOLE]
  const { name } = parent.property
  if (name === 'env' || (name.startsWith('glob') && parent.parent.type === 'CallExpression' && parent.parent.callee === parent)) return []
  const locates = name === 'url' && parent.parent.type === 'NewExpression' && parent.parent.callee.name === 'URL' && parent.parent.arguments[1] === parent
  return locates ? [] : [HOLE]
}

/** What a page's file names beside its script: `src` of its parts, and of its styles what they name. */
function parts(document) {
  const blocks = document?.children.filter((one) => one.type === 'VElement') ?? []
  return blocks.flatMap((block) => {
    const src = block.startTag.attributes.filter((one) => !one.directive && one.key.name === 'src' && one.value !== null)
    const text = block.rawName === 'style' ? block.children.map((one) => one.value ?? '').join('') : ''
    return [...src.map((one) => [one, [one.value.value]]), [block.startTag, styled(text)]]
  })
}

/** Attributes that the build follows; of a `srcset` every picture. Those of the page's own parts are seen above. */
const FOLLOWED = new Set(['src', 'srcset', 'poster', 'href', 'xlink:href'])
function pictured({ directive, key, value, parent }) {
  if (directive || value === null || !FOLLOWED.has(key.rawName) || parent.parent.parent.type === 'VDocumentFragment') return []
  return value.value.split(',').map((one) => one.trim().split(/\s/)[0])
}

const arrows = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    const check = (node, sources) => {
      for (const source of sources) {
        const why = source === HOLE ? 'what is imported is named whole, where it is imported' : wrongTurn(context.filename, source.replace(/[?#].*$/, ''))
        if (why !== null) context.report({ node, message: `${why}: shell → consoles → features → ui, live, api, words` })
      }
    }
    const imported = (node) => check(node, named(node.source))
    const reached = {
      ImportExpression: imported,
      CallExpression: (node) => check(node, globbed(node)),
      NewExpression: (node) => check(node, located(node)),
      MetaProperty: (node) => check(node, renamed(node)),
      TSImportType: (node) => check(node, named(node.source ?? node.argument?.literal)),
    }
    const services = context.sourceCode.parserServices
    const script = {
      ...reached,
      Program: () => parts(services.getDocumentFragment?.()).forEach(([node, sources]) => check(node, sources)),
      ImportDeclaration: imported,
      ExportNamedDeclaration: imported,
      ExportAllDeclaration: imported,
      TSExternalModuleReference: (node) => check(node, named(node.expression)),
    }
    const template = { ...reached, VAttribute: (node) => check(node, pictured(node)) }
    return services.defineTemplateBodyVisitor === undefined ? script : services.defineTemplateBodyVisitor(template, script)
  },
}

/** In a file of another kind no type is checked, and half of the rules do not look. */
const typed = {
  meta: { type: 'problem', schema: [] },
  create: (context) => ({ Program: (node) => context.report({ node, message: 'the app is written in .ts and .vue' }) }),
}

export default { rules: { arrows, typed } }
