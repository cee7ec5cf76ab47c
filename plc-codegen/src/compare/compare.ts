/** What changed in meaning between two versions of a text: comments, layout, case and spelling of literals are no change. */
import { canonicalJson } from '../generate/specification.ts'
import { parse } from '../syntax/parser.ts'
import type { Item, Pou } from '../syntax/tree.ts'
import { type FlatVariable, linesOf, normal, variablesOf } from './normal.ts'

export interface BodyChange {
  readonly sign: '-' | '+'
  /** A line of the body in normal spelling. */
  readonly text: string
}

export interface VariableChange {
  readonly name: string
  readonly change: 'added' | 'removed' | 'changed' | 'renamed'
  readonly to?: string
}

export interface ItemChange {
  /** `FUNCTION_BLOCK Motor`, `TYPE Mode`, `VAR_GLOBAL`. */
  readonly item: string
  readonly change: 'added' | 'removed' | 'changed'
  readonly variables: readonly VariableChange[]
  readonly body: readonly BodyChange[]
  /** Modifiers, bases, return type. */
  readonly head: boolean
}

interface Unit {
  readonly item: string
  readonly key: string
  readonly node: Item | Pou
}

/** The items that differ, in the order of the new text; empty where both mean the same. */
export function compareTexts(before: string, after: string): ItemChange[] {
  const old = new Map(unitsOf(before).map(each => [each.key, each]))
  const now = unitsOf(after)
  const found = now.flatMap(each => {
    const was = old.get(each.key)
    old.delete(each.key)
    if (was === undefined) return [whole(each, 'added')]
    const change = compareItems(was, each)
    return change === undefined ? [] : [change]
  })
  return [...found, ...[...old.values()].map(each => whole(each, 'removed'))]
}

const whole = (each: Unit, change: 'added' | 'removed'): ItemChange => ({
  item: each.item,
  change,
  variables: [],
  body: [],
  head: false,
})

function unitsOf(text: string): Unit[] {
  const found: Unit[] = []
  let globals = 0
  const add = (item: string, node: Item | Pou) => found.push({ item, key: item.toUpperCase(), node })
  const visit = (items: readonly Item[], path: string) => {
    for (const each of items) {
      if (each.kind === 'namespace') {
        visit(each.items, `${path}${each.name.text}.`)
      } else if (each.kind === 'globals') {
        globals += 1
        add(`VAR_GLOBAL${globals === 1 ? '' : ` ${globals}`}`, each)
      } else if (each.kind === 'pou') {
        add(`${each.pou} ${path}${each.name.text}`, each)
        for (const member of each.members) add(`${member.pou} ${path}${each.name.text}.${member.name.text}`, member)
      } else add(`${each.kind.toUpperCase()} ${path}${each.name.text}`, each)
    }
  }
  visit(parse(text).unit.items, '')
  return found
}

function compareItems(was: Unit, now: Unit): ItemChange | undefined {
  const sections = (each: Unit['node']) =>
    each.kind === 'globals' ? [each.section] : each.kind === 'pou' ? each.sections : []
  const old = variablesOf(sections(was.node))
  const made = variablesOf(sections(now.node))
  const bodyOf = (each: Unit['node']) => (each.kind === 'pou' ? linesOf(each.body) : [])
  const renames = renamesOf(old, made, bodyOf(was.node), bodyOf(now.node))
  const left = rename(bodyOf(was.node), renames)
  const right = bodyOf(now.node)
  const variables = changedVariables(old, made, renames)
  const body = left.join('\n') === right.join('\n') ? [] : lineChanges(left, right)
  const head = headOf(was.node) !== headOf(now.node)
  if (variables.length === 0 && body.length === 0 && !head) return undefined
  return { item: now.item, change: 'changed', variables, body, head }
}

/** What is neither a variable nor the body; of types and others everything. */
function headOf(node: Unit['node']): string {
  if (node.kind === 'globals') return ''
  if (node.kind !== 'pou') return canonicalJson(plain(normal(node)))
  const { sections: _s, body: _b, members: _m, name: _n, ...rest } = node
  return canonicalJson(plain(normal({ ...rest, modifiers: [...node.modifiers].sort() })))
}

const plain = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (_key, each) => (typeof each === 'bigint' ? `${each}n` : each)))

function changedVariables(
  old: readonly FlatVariable[],
  made: readonly FlatVariable[],
  renames: ReadonlyMap<string, FlatVariable>,
): VariableChange[] {
  const names = new Map(old.map(each => [each.name, each]))
  const targets = new Set([...renames.values()].map(each => each.name))
  return [
    ...old.flatMap((each): VariableChange[] => {
      const to = renames.get(each.name)
      if (to !== undefined) return [{ name: each.shown, change: 'renamed', to: to.shown }]
      return made.some(one => one.name === each.name) ? [] : [{ name: each.shown, change: 'removed' }]
    }),
    ...made.flatMap((each): VariableChange[] => {
      const was = names.get(each.name)
      if (was === undefined) return targets.has(each.name) ? [] : [{ name: each.shown, change: 'added' }]
      return was.meaning === each.meaning ? [] : [{ name: each.shown, change: 'changed' }]
    }),
  ]
}

/** A variable that went and one that came in its place with the same type and use are one under a new name. */
function renamesOf(
  old: readonly FlatVariable[],
  made: readonly FlatVariable[],
  left: readonly string[],
  right: readonly string[],
): Map<string, FlatVariable> {
  const gone = old.filter(each => !made.some(one => one.name === each.name))
  const come = made.filter(each => !old.some(one => one.name === each.name))
  const found = new Map<string, FlatVariable>()
  for (const each of gone) {
    const fit = come.find(
      one =>
        one.meaning === each.meaning &&
        ![...found.values()].includes(one) &&
        usesOf(left, each.name).join() === usesOf(right, one.name).join(),
    )
    if (fit !== undefined) found.set(each.name, fit)
  }
  return found
}

/** Lines with the variable taken out. */
const usesOf = (lines: readonly string[], name: string) =>
  lines.flatMap((line, i) => (word(name).test(line) ? [`${i}:${(line.match(word(name)) ?? []).length}`] : []))

const word = (name: string) => new RegExp(`(?<![\\w.])${name}(?!\\w)`, 'g')

function rename(lines: readonly string[], renames: ReadonlyMap<string, FlatVariable>): string[] {
  if (renames.size === 0) return [...lines]
  return lines.map(line => line.replace(/(?<![\w.])[A-Z_]\w*/g, name => renames.get(name)?.name ?? name))
}

/** Longest common subsequence; what is equal at both ends is cut off first. */
function lineChanges(left: readonly string[], right: readonly string[]): BodyChange[] {
  let start = 0
  while (start < left.length && start < right.length && left[start] === right[start]) start += 1
  let end = 0
  while (end < left.length - start && end < right.length - start && left.at(-1 - end) === right.at(-1 - end)) end += 1
  const a = left.slice(start, left.length - end)
  const b = right.slice(start, right.length - end)
  const removed = a.map(text => ({ sign: '-' as const, text }))
  const added = b.map(text => ({ sign: '+' as const, text }))
  // A table of more than some million cells is no help to anybody.
  if (a.length * b.length > 4_000_000) return [...removed, ...added]
  const width = b.length + 1
  const table = new Uint32Array((a.length + 1) * width)
  for (let i = a.length - 1; i >= 0; i -= 1)
    for (let k = b.length - 1; k >= 0; k -= 1)
      table[i * width + k] =
        a[i] === b[k]
          ? table[(i + 1) * width + k + 1]! + 1
          : Math.max(table[(i + 1) * width + k]!, table[i * width + k + 1]!)
  const changes: BodyChange[] = []
  let i = 0
  let k = 0
  while (i < a.length || k < b.length) {
    if (i < a.length && k < b.length && a[i] === b[k]) {
      i += 1
      k += 1
    } else if (k >= b.length || (i < a.length && table[(i + 1) * width + k]! >= table[i * width + k + 1]!)) {
      changes.push(removed[i]!)
      i += 1
    } else {
      changes.push(added[k]!)
      k += 1
    }
  }
  return changes
}
