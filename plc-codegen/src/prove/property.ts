import type { Checked } from '../check/check.ts'
import type { Context } from '../check/context.ts'
import { typeOf, valueTypeOf } from '../check/expressions.ts'
import type { SourceFile } from '../check/model.ts'
import { memberOf, type PouSymbol, propertyOf } from '../check/symbols.ts'
import { BOOL, core } from '../check/types.ts'
import { fill, problemTable } from '../problems.ts'
import { layoutOf } from '../run/layout.ts'
import { parseDuration } from '../run/library/text.ts'
import type { Dialect } from '../syntax/dialect.ts'
import { parse } from '../syntax/parser.ts'
import type { Expression } from '../syntax/tree.ts'
import type { MessageCode, MessageValues } from './messages.ts'
import { type Monitor, patterns, timedTrigger } from './monitor.ts'
import { desugar, mapExpression, topImplication } from './property-text.ts'

/** A property as the world writes it (PLCverif's verification requirements). */
export interface PropertySpec {
  readonly id?: string | number
  readonly property?: {
    readonly job_req?: string
    readonly pattern_id?: string
    readonly pattern_params?: Readonly<Record<string, string>>
  }
}

export type Said = readonly [MessageCode, MessageValues]

/** A property ready to be judged, or why it cannot be. */
export type Prepared =
  | {
      readonly ok: true
      readonly monitor: Monitor
      readonly expressions: readonly Expression[]
      readonly notes: readonly Said[]
    }
  | { readonly ok: false; readonly why: Said }
  | { readonly ok: 'assertion' }

const fault = (code: MessageCode, values: MessageValues = {}): Prepared => ({ ok: false, why: [code, values] })

/** Reads a property against a unit; its expressions are typed in the unit's own names. */
export function prepare(checked: Checked, dialect: Dialect, pou: PouSymbol, spec: PropertySpec): Prepared {
  const { property } = spec
  const name = property?.pattern_id ?? ''
  if (property?.job_req === 'assertion') return { ok: 'assertion' }
  // Parameters are numbered from 0 or from 1 in the wild: their order counts.
  const params = Object.entries(property?.pattern_params ?? {})
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([, text]) => String(text))
  const timed = name === 'pattern-timed-trigger'
  const known = timed ? { count: 3, monitor: timedTrigger(delayOf(params[1] ?? '')) } : patterns[name]
  if (known === undefined) return fault('unknown-pattern', { name })
  if (params.length < known.count) return fault('missing-parameter', { name, count: known.count })
  const wanted = timed ? [params[0]!, params[2]!] : params.slice(0, known.count)
  // `a --> b` as an invariant is an implication: it has a premise that may never hold.
  const implied = name === 'pattern-invariant' ? topImplication(wanted[0]!) : undefined
  const expressions: Expression[] = []
  const notes: Said[] = []
  for (const text of implied ?? wanted) {
    const read = readExpression(checked, dialect, pou, text)
    if ('code' in read) return fault(read.code, read.values)
    expressions.push(read.expression)
    notes.push(...read.notes)
  }
  const monitor = implied === undefined ? known.monitor : patterns['pattern-implication']!.monitor
  return { ok: true, monitor, expressions, notes }
}

/** The property that no assertion was ever broken. */
export function assertionProperty(
  checked: Checked,
  dialect: Dialect,
  pou: PouSymbol,
  globals: readonly string[],
): Prepared {
  const read = readExpression(checked, dialect, pou, `NOT (${globals.join(' OR ')})`)
  if ('code' in read) return fault(read.code, read.values)
  return { ok: true, monitor: patterns['pattern-invariant']!.monitor, expressions: [read.expression], notes: [] }
}

function delayOf(text: string): number {
  return /^\s*\d+(?:\.\d+)?\s*$/.test(text) ? Number(text) : parseDuration(text)
}

type Read =
  | { readonly expression: Expression; readonly notes: readonly Said[] }
  | { readonly code: MessageCode; readonly values: MessageValues }

function readExpression(checked: Checked, dialect: Dialect, pou: PouSymbol, text: string): Read {
  const parsed = parse(`FUNCTION_BLOCK X\nx :=\n${desugar(text)}\n;\nEND_FUNCTION_BLOCK`, dialect)
  const failed = parsed.problems.find(each => problemTable[each.code].severity === 'error')
  const item = parsed.unit.items[0]
  const statement = item?.kind === 'pou' ? item.body[0] : undefined
  if (failed !== undefined || statement?.kind !== 'assign')
    return {
      code: 'bad-expression',
      values: { text, what: failed === undefined ? '?' : fill(problemTable[failed.code].message.en, failed.values) },
    }
  const notes: Said[] = []
  let wrong: Read | undefined
  const expression = mapExpression(statement.value, each => {
    if (each.kind === 'member' && each.target.kind === 'name' && isInstance(pou, each.target.name))
      return { kind: 'name', name: each.name.text, span: each.span }
    return each
  })
  const resolved = mapExpression(expression, each => {
    if (each.kind !== 'name' || isKnown(checked, pou, each.name)) return each
    const places = nested(pou, each.name)
    const [only] = places
    if (only === undefined) {
      if (isNameOfSomething(checked, each.name)) return each
      wrong ??= { code: 'no-variable', values: { pou: pou.name, name: each.name } }
      return each
    }
    if (places.length > 1) {
      wrong ??= {
        code: 'many-variables',
        values: { pou: pou.name, name: each.name, places: places.map(p => p.join('.')).join(', ') },
      }
      return each
    }
    notes.push(['nested-variable', { name: each.name, place: only.join('.') }])
    const [first, ...rest] = only
    return rest.reduce<Expression>(
      (target, part) => ({ kind: 'member', target, name: { text: part, span: each.span }, span: each.span }),
      { kind: 'name', name: first!, span: each.span },
    )
  })
  if (wrong !== undefined) return wrong
  const source: SourceFile = { file: '', dialect, items: [], problems: [], unknown: new Set() }
  const ctx: Context = {
    project: checked.project,
    source,
    pou,
    typing: checked.typing,
    labels: new Set(),
    typeOf,
    valueTypeOf,
    loops: 0,
  }
  const type = core(valueTypeOf(ctx, resolved, BOOL))
  const bad = source.problems.find(
    each => problemTable[each.code].severity === 'error' || /^ST30[234]$/.test(each.code),
  )
  if (bad !== undefined)
    return { code: 'bad-expression', values: { text, what: fill(problemTable[bad.code].message.en, bad.values) } }
  const boolean = type.kind === 'elementary' && type.class === 'bool'
  return boolean ? { expression: resolved, notes } : { code: 'not-boolean', values: { text } }
}

const isInstance = (pou: PouSymbol, name: string) =>
  (/^instance$/i.test(name) || name.toUpperCase() === pou.name.toUpperCase()) &&
  memberOf(pou, name.toUpperCase()) === undefined

function isKnown(checked: Checked, pou: PouSymbol, name: string): boolean {
  const upper = name.toUpperCase()
  return (
    memberOf(pou, upper) !== undefined ||
    propertyOf(pou, upper) !== undefined ||
    checked.project.globals.has(upper) ||
    (pou.kind === 'FUNCTION' && pou.name.toUpperCase() === upper)
  )
}

function isNameOfSomething(checked: Checked, name: string): boolean {
  const upper = name.toUpperCase()
  const { project } = checked
  return project.enumValues.has(upper) || project.types.has(upper) || project.pous.has(upper) || upper === 'NULL'
}

/** Paths through the unit's instances to variables of a name, the nearest only. */
function nested(pou: PouSymbol, name: string): string[][] {
  const upper = name.toUpperCase()
  let level: { path: string[]; pou: PouSymbol }[] = [{ path: [], pou }]
  for (let depth = 0; depth < 6 && level.length > 0; depth += 1) {
    const found = level.flatMap(each => {
      const variable = memberOf(each.pou, upper)
      return variable === undefined || depth === 0 ? [] : [[...each.path, variable.name]]
    })
    if (found.length > 0) return found
    level = level.flatMap(each =>
      layoutOf(each.pou).variables.flatMap(variable => {
        const type = core(variable.type)
        return type.kind === 'block' ? [{ path: [...each.path, variable.name], pou: type.pou }] : []
      }),
    )
  }
  return []
}
