/** Which elements of a component give a command that the charter may keep from who looks: neither inside an IfMay nor behind a can(). */
import { parse } from '@vue/compiler-sfc'
import ts from 'typescript'

interface Prop { type: number; name: string; arg?: { content?: string }; exp?: { loc?: { source: string } }; value?: { content: string } }
interface Element { type: number; tag: string; props: Prop[]; children: Element[]; loc: { start: { line: number } } }
export interface Component {
  /** What gives a command with nothing before it, by line. */
  bare: string[]
  /** The components it shows, and whether something stands before them: a can(), an IfMay, a dialog that somebody opened. */
  shows: { tag: string; gated: boolean }[]
}

const [ELEMENT, DIRECTIVE] = [1, 7]
const COMMAND = /^[a-z_]+\.[a-z_]+$/
/** `send('show/x', 'a.b')`, `say('a.b')`, `props.say('a.b')`, `(here ? sayShow : sayHouse)('a.b')`. */
const SAYING = /(^|[^\w'"`])(send|say)\w*\)?$/
/** Leave that was handed down, or that a composable asked for. */
const HANDED = /^(may|mine|may[A-Z]\w*)$/
const WHEN = new Set(['if', 'else-if', 'show', 'for', 'bind'])

function literal(node: ts.Node): boolean {
  if (ts.isStringLiteral(node)) return COMMAND.test(node.text)
  if (ts.isConditionalExpression(node)) return literal(node.whenTrue) || literal(node.whenFalse)
  return ts.isParenthesizedExpression(node) && literal(node.expression)
}
const commands = (node: ts.Node): boolean => ts.isCallExpression(node) && node.arguments.slice(0, 2).some(literal) && SAYING.test(node.expression.getText())
/** What one may read is no leave to give a command; what is the owner's alone is asked of the role. */
function asks(node: ts.Node): boolean {
  if (ts.isIdentifier(node)) return HANDED.test(node.text) && !(ts.isVariableDeclaration(node.parent) && node.parent.name === node)
  if (!ts.isCallExpression(node)) return false
  const first = node.arguments[0]
  if (first === undefined || !(ts.isIdentifier(node.expression) || ts.isPropertyAccessExpression(node.expression))) return false
  if (ts.isIdentifier(node.expression)) return node.expression.text === 'can' && !(ts.isStringLiteral(first) && first.text.endsWith('.read'))
  return node.expression.name.text === 'includes' && ts.isStringLiteral(first) && first.text === 'owner'
}
function some(node: ts.Node, found: (node: ts.Node) => boolean): boolean {
  return found(node) || (ts.forEachChild(node, (child) => some(child, found) || undefined) ?? false)
}
const read = (text: string): ts.SourceFile => ts.createSourceFile('x.ts', text, ts.ScriptTarget.Latest, true)
/** The names that are used in it, not those of properties. */
function used(node: ts.Node): Set<string> {
  const found = new Set<string>()
  some(node, (one) => {
    if (ts.isIdentifier(one) && !(ts.isPropertyAccessExpression(one.parent) && one.parent.name === one)) found.add(one.text)
    return false
  })
  return found
}
const meets = (one: ReadonlySet<string>, other: ReadonlySet<string>): boolean => [...one].some((name) => other.has(name))

interface Named {
  name: string
  body: ts.Node
  uses: ReadonlySet<string>
}
function named(script: ts.SourceFile): Named[] {
  return script.statements.flatMap((each): Named[] => {
    if (ts.isFunctionDeclaration(each) && each.name && each.body) return [{ name: each.name.text, body: each.body, uses: used(each.body) }]
    if (!ts.isVariableStatement(each)) return []
    return each.declarationList.declarations.flatMap((one) => (one.initializer && ts.isIdentifier(one.name) ? [{ name: one.name.text, body: one.initializer, uses: used(one.initializer) }] : []))
  })
}
/** The names of what does so by itself, or by another of them. */
function doing(all: readonly Named[], does: (node: ts.Node) => boolean): Set<string> {
  const found = new Set(all.filter((one) => some(one.body, does)).map((one) => one.name))
  for (let before = -1; before !== found.size; ) {
    before = found.size
    for (const one of all) if (meets(one.uses, found)) found.add(one.name)
  }
  return found
}

export function look(text: string): Component {
  const { descriptor } = parse(text, { sourceMap: false })
  const script = named(read(descriptor.scriptSetup?.content ?? ''))
  const [says, may] = [doing(script, commands), doing(script, asks)]
  const does = (prop: Prop, direct: (node: ts.Node) => boolean, known: ReadonlySet<string>): boolean => {
    const source = prop.exp?.loc?.source ?? ''
    const node = read(prop.name === 'for' ? source.slice(source.search(/\s(in|of)\s/) + 4) : source.includes(';') ? source : `(${source})`)
    return some(node, direct) || meets(used(node), known)
  }
  const directives = (one: Element, named: (prop: Prop) => boolean): Prop[] => one.props.filter((prop) => prop.type === DIRECTIVE && prop.exp !== undefined && named(prop))
  const moving = (prop: Prop): boolean => prop.name === 'on' || (prop.name === 'bind' && prop.arg?.content === 'action')
  const gate = (one: Element): boolean => one.tag === 'IfMay' || /(Dialog|Sheet)$/.test(one.tag) || directives(one, (prop) => WHEN.has(prop.name) && !moving(prop)).some((prop) => does(prop, asks, may))
  const offers = (one: Element): boolean => directives(one, moving).some((prop) => does(prop, commands, says))
  const submit = (one: Element): boolean => one.props.some((prop) => prop.name === 'type' && prop.value?.content === 'submit')
  /** A form is sent by its button; where that is behind a gate, so is the form. */
  const sentBehind = (one: Element): boolean => one.tag === 'form' && within(one).length > 0 && within(one).every(Boolean)
  function within(one: Element, gated = false): boolean[] {
    return one.children.filter((child) => child.type === ELEMENT).flatMap((child) => {
      const here = gated || gate(child)
      return [...(submit(child) ? [here] : []), ...within(child, here)]
    })
  }
  const found: Component = { bare: [], shows: [] }
  function walk(one: Element, gated: boolean): void {
    let chain = false
    for (const child of one.children) {
      if (child.type !== ELEMENT) continue
      const follows = child.props.some((prop) => prop.type === DIRECTIVE && (prop.name === 'else' || prop.name === 'else-if'))
      chain = (follows && chain) || gate(child)
      const here = gated || chain
      found.shows.push({ tag: child.tag, gated: here })
      if (!here && offers(child) && !sentBehind(child)) found.bare.push(`${child.loc.start.line}: <${child.tag}>`)
      walk(child, here)
    }
  }
  const root = descriptor.template?.ast as unknown as Element | undefined
  if (root) walk(root, false)
  return found
}

/** Of components by path: what gives a command with nothing before it, neither there nor wherever the component is shown. */
export function ungated(texts: Readonly<Record<string, string>>): string[] {
  const found = Object.entries(texts).map(([path, text]) => [path, look(text)] as const)
  return found.flatMap(([path, { bare }]) => {
    if (bare.length === 0) return []
    const tag = path.slice(path.lastIndexOf('/') + 1, -'.vue'.length)
    const uses = found.flatMap(([other, { shows }]) => (other === path ? [] : shows.filter((one) => one.tag === tag)))
    return uses.length > 0 && uses.every((one) => one.gated) ? [] : bare.map((one) => `${path}:${one}`)
  })
}
