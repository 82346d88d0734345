/** Which keys a screen binds, read from its code and from all that it is made of. */
import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import ts from 'typescript'
import { parse } from '@vue/compiler-sfc'

export const SRC = resolve('src')

export interface Bound {
  id: string
  key: string
}

const parsed = new Map<string, ts.SourceFile>()

/** A file's script, or both of them. */
function scriptOf(file: string): ts.SourceFile {
  const known = parsed.get(file)
  if (known !== undefined) return known
  const script = readScript(file, readFileSync(file, 'utf8'))
  parsed.set(file, script)
  return script
}
export function readScript(file: string, text: string): ts.SourceFile {
  const { script, scriptSetup } = file.endsWith('.vue') ? parse(text).descriptor : { script: { content: text }, scriptSetup: null }
  return ts.createSourceFile(file, [script?.content, scriptSetup?.content].join('\n'), ts.ScriptTarget.Latest, true)
}

/** All nodes of it. */
function within(node: ts.Node, found: ts.Node[] = []): ts.Node[] {
  found.push(node)
  node.forEachChild((child) => void within(child, found))
  return found
}

/** Floors where no key is bound, and the routes, which lead to every page. */
const APART = /^(router|api|words)\b/

/** The file that is named; null: a package, or of a floor apart. */
function fileOf(from: string, source: ts.Node | undefined): string | null {
  if (source === undefined || !ts.isStringLiteral(source)) return null
  const target = source.text.startsWith('@/') ? join(SRC, source.text.slice(2)) : source.text.startsWith('.') ? resolve(dirname(from), source.text) : null
  if (target === null || APART.test(relative(SRC, target))) return null
  return [target, `${target}.ts`, join(target, 'index.ts')].find((each) => /\.(ts|vue)$/.test(each) && existsSync(each) && statSync(each).isFile()) ?? null
}

const late = (from: string, node: ts.Node): (string | null)[] => within(node).filter(ts.isCallExpression).flatMap((one) => (one.expression.kind === ts.SyntaxKind.ImportKeyword ? [fileOf(from, one.arguments[0])] : []))

/** Where what an index gives under a name is written: it passes on more than a screen takes. */
function behind(file: string, name: string): (string | null)[] {
  for (const one of scriptOf(file).statements) {
    if (ts.isExportDeclaration(one) && one.exportClause !== undefined && ts.isNamedExports(one.exportClause)) {
      const found = one.exportClause.elements.find((each) => each.name.text === name)
      const next = fileOf(file, one.moduleSpecifier)
      if (found !== undefined && next !== null) return behind(next, (found.propertyName ?? found.name).text)
    }
    const made = ts.isVariableStatement(one) ? one.declarationList.declarations.find((each) => each.name.getText() === name) : undefined
    if (made !== undefined && late(file, made).length > 0) return late(file, made)
  }
  return [file]
}

const known = new Map<string, (string | null)[]>()
function beside(file: string): (string | null)[] {
  const found = known.get(file) ?? named(file)
  known.set(file, found)
  return found
}
function named(file: string): (string | null)[] {
  const script = scriptOf(file)
  const said = script.statements.flatMap((one) => {
    if (ts.isExportDeclaration(one) && !one.isTypeOnly) return [fileOf(file, one.moduleSpecifier)]
    if (!ts.isImportDeclaration(one) || one.importClause?.isTypeOnly === true) return []
    const target = fileOf(file, one.moduleSpecifier)
    const names = one.importClause?.namedBindings
    if (target === null || names === undefined || !ts.isNamedImports(names)) return [target]
    return names.elements.flatMap((each) => behind(target, (each.propertyName ?? each.name).text))
  })
  return [...said, ...late(file, script)]
}

/** A file and all that it is made of. */
export function madeOf(file: string, found = new Set<string>()): Set<string> {
  if (found.has(file)) return found
  found.add(file)
  for (const next of beside(file)) if (next !== null) madeOf(next, found)
  return found
}

const where = (node: ts.Node | undefined): string => node?.getSourceFile().fileName ?? ''

/** Names of keys that are no single sign, as `keyName` gives them. */
const NAMED = /^(space|up|down|left|right|esc|enter|pageup|pagedown|home|end|tab|delete|insert|backspace|f([1-9]|1[0-2]))$/

/** Whether `keyName` ever gives this: `mod`, `alt`, `shift` in this order, small letters, and `shift` with letters and named keys alone. */
export function canBePressed(key: string): boolean {
  const [, shift, base = ''] = /^(?:mod\+)?(?:alt\+)?(shift\+)?(.+)$/.exec(key) ?? []
  return NAMED.test(base) || (base.length === 1 && base === base.toLowerCase() && base !== ' ' && (shift === undefined || /[a-z]/.test(base)))
}

/** A key as it is written: a text, or an expression that `told` must know. */
function keysAt(node: ts.Node | undefined, told: Readonly<Record<string, readonly string[]>>): readonly string[] {
  const said = node?.getText() ?? 'key'
  const known = node !== undefined && ts.isStringLiteralLike(node) ? [node.text] : told[said]
  if (known === undefined) throw new Error(`${where(node)}: which keys is \`${said}\`?`)
  const never = known.find((key) => !canBePressed(key))
  if (never !== undefined) throw new Error(`${where(node)}: nothing that is pressed is called \`${never}\``)
  return known
}

const textOf = (id: ts.Node | undefined): string => (id === undefined ? '' : ts.isStringLiteralLike(id) ? id.text : id.getText())

/** The name of a property, in quotes or not; null for one that is worked out. */
function nameOf(name: ts.PropertyName | undefined): string | null {
  const said = name !== undefined && ts.isComputedPropertyName(name) ? name.expression : name
  if (said === undefined || (said !== name && !ts.isStringLiteralLike(said))) return null
  return ts.isStringLiteralLike(said) ? said.text : said.getText()
}

/** Whether it stands in what `useKeys(…)` is handed: there every object that is run, or takes over another's parts, is a binding. */
const isHanded = (node: ts.Node): boolean => !ts.isSourceFile(node) && ((ts.isCallExpression(node.parent) && node.parent.expression.getText() === 'useKeys') || isHanded(node.parent))

/** Every binding that a script writes: what has a key and is run, or a call of `key(id, key, label, run)` that makes it so. */
export function boundIn(script: ts.SourceFile, told: Readonly<Record<string, readonly string[]>>): Bound[] {
  return within(script).flatMap((one) => {
    if (ts.isCallExpression(one) && one.expression.getText() === 'key') return keysAt(one.arguments[1], told).map((key) => ({ id: textOf(one.arguments[0]), key }))
    return ts.isObjectLiteralExpression(one) ? bindingAt(one, told) : []
  })
}

function bindingAt(one: ts.ObjectLiteralExpression, told: Readonly<Record<string, readonly string[]>>): Bound[] {
  const part = (name: string): ts.ObjectLiteralElementLike | undefined => one.properties.find((each) => nameOf(each.name) === name)
  const value = (name: string): ts.Node | undefined => ((each) => (each !== undefined && ts.isPropertyAssignment(each) ? each.initializer : each))(part(name))
  const [key, run] = [part('key'), part('run')]
  // What is taken over from another object, or named by what is worked out, may be a key as well: it counts as one behind the written one.
  const blind = one.properties.findLastIndex((each) => nameOf(each.name) === null)
  const handed = isHanded(one)
  if (key === undefined && (handed ? run !== undefined || blind >= 0 : run !== undefined && blind >= 0)) throw new Error(`${where(one)}: which key has \`${one.getText()}\`? Write it there`)
  if (key === undefined || (run === undefined && (!handed || blind < 0))) return []
  if (blind > one.properties.indexOf(key)) throw new Error(`${where(one)}: may \`${one.properties[blind]?.getText() ?? ''}\` bring another key? Write the key behind it`)
  return keysAt(value('key'), told).map((each) => ({ id: textOf(value('id') ?? value('label')), key: each }))
}

export const boundBy = (files: Iterable<string>, told: Readonly<Record<string, readonly string[]>>): Bound[] => [...files].flatMap((file) => boundIn(scriptOf(file), told))

/** `shift+i: a.one, b.two` for each key under which one of two would never run. */
export function collisions(one: readonly Bound[], two: readonly Bound[]): string[] {
  const pairs = one.flatMap((a) => two.filter((b) => a.key === b.key && a.id !== b.id).map((b) => `${a.key}: ${[a.id, b.id].sort().join(', ')}`))
  return [...new Set(pairs)]
}
