import { standardNames } from '../check/library/functions.ts'
import type { PouSymbol } from '../check/symbols.ts'
import { core, type Type } from '../check/types.ts'
import { layoutOf } from '../run/layout.ts'
import { analyse, type ServiceOptions, unitAt } from './analyse.ts'
import { describePou, describeStandard, describeType, describeVariable } from './describe.ts'

export interface Completion {
  readonly label: string
  readonly kind: 'variable' | 'member' | 'function' | 'block' | 'type' | 'enumValue' | 'method' | 'property' | 'keyword'
  readonly detail: string
}

export interface Completions {
  /** Offset from which what is chosen replaces the text. */
  readonly from: number
  readonly items: readonly Completion[]
}

const HERE = 'MwCompletionHere'
const keywords =
  'IF THEN ELSIF ELSE END_IF CASE OF END_CASE FOR TO BY DO END_FOR WHILE END_WHILE REPEAT UNTIL END_REPEAT EXIT CONTINUE RETURN AND OR XOR NOT MOD TRUE FALSE VAR VAR_INPUT VAR_OUTPUT VAR_IN_OUT VAR_TEMP CONSTANT END_VAR'.split(
    ' ',
  )

/** What may stand at an offset: members after a point, else names in scope; those that begin with what is already written. */
export function complete(text: string, offset: number, options: ServiceOptions = {}): Completions {
  const written = /\w*$/.exec(text.slice(0, offset))![0]
  const from = offset - written.length
  const rest = /^\w*/.exec(text.slice(offset))![0].length
  // A name of our own stands where the cursor is, so that the reader finds an expression there.
  const withHere = (words: string) => analyse(`${text.slice(0, from)}${words}${text.slice(offset + rest)}`, options)
  const fits = (each: Completion) => each.label.toUpperCase().startsWith(written.toUpperCase())
  if (/\.\s*$/.test(text.slice(0, from))) {
    // In an expression, and as the beginning of a statement.
    for (const words of [HERE, `${HERE} := 0;`]) {
      const { typing } = withHere(words)
      for (const expression of typing.types.keys())
        if (expression.kind === 'member' && expression.name.text === HERE) {
          const type = typing.types.get(expression.target)
          return { from, items: type === undefined ? [] : membersOf(type).filter(fits) }
        }
    }
    return { from, items: [] }
  }
  const checked = withHere(HERE)
  const unit = unitAt(checked, from)
  const { project } = checked
  const { dialect } = checked.files[0]!
  const items: Completion[] = []
  for (let at: PouSymbol | undefined = unit; at !== undefined; at = at.owner) items.push(...ownNames(at))
  for (const each of project.globals.values())
    items.push({ label: each.name, kind: 'variable', detail: describeVariable(each) })
  for (const each of project.pous.values())
    items.push({ label: each.name, kind: each.kind === 'FUNCTION' ? 'function' : 'block', detail: describePou(each) })
  for (const each of project.types.values()) items.push({ label: each.name, kind: 'type', detail: `TYPE ${each.name}` })
  for (const type of new Set([...project.enumValues.values()].map(each => each.type)))
    for (const each of type.values.values())
      items.push({ label: each.name, kind: 'enumValue', detail: describeType(type) })
  for (const name of standardNames)
    items.push({ label: name, kind: 'function', detail: describeStandard(name, dialect) })
  for (const each of project.standard.values())
    items.push({ label: each.name, kind: 'block', detail: describePou(each) })
  for (const each of keywords) items.push({ label: each, kind: 'keyword', detail: each })
  const seen = new Set<string>()
  return {
    from,
    items: items.filter(each => {
      const upper = each.label.toUpperCase()
      if (seen.has(upper) || each.label === HERE || !fits(each)) return false
      seen.add(upper)
      return true
    }),
  }
}

function ownNames(pou: PouSymbol): Completion[] {
  return [
    ...layoutOf(pou).variables.map(each => ({
      label: each.name,
      kind: 'variable' as const,
      detail: describeVariable(each),
    })),
    ...[...pou.methods.values()].map(each => ({
      label: each.name,
      kind: 'method' as const,
      detail: describePou(each),
    })),
    ...[...pou.properties.values()].map(each => ({
      label: each.name,
      kind: 'property' as const,
      detail: `PROPERTY ${each.name} : ${describeType(each.type)}`,
    })),
  ]
}

function membersOf(type: Type): Completion[] {
  const t = core(type)
  if (t.kind === 'pointer') return membersOf(t.to)
  if (t.kind === 'struct')
    return [...t.fields.values()].map(each => ({
      label: each.name,
      kind: 'member',
      detail: `${each.name} : ${describeType(each.type)}`,
    }))
  if (t.kind === 'enum')
    return [...t.values.values()].map(each => ({ label: each.name, kind: 'enumValue', detail: describeType(t) }))
  if (t.kind !== 'block') return []
  const found: Completion[] = []
  for (let at: PouSymbol | undefined = t.pou; at !== undefined; at = at.base)
    found.push(
      ...ownNames(at).filter(each => each.kind !== 'variable' || /^VAR_(?:INPUT|OUTPUT|IN_OUT)/.test(each.detail)),
    )
  return found.map(each => (each.kind === 'variable' ? { ...each, kind: 'member' } : each))
}
