import { nameOf } from '../syntax/name-of.ts'
import type { Argument, CallExpression } from '../syntax/tree.ts'
import { type Context, checkAssignable, pick, report } from './context.ts'
import { common, implicit } from './convert.ts'
import { accepts, type Generic, isGeneric } from './generics.ts'
import { type ConversionFunction, conversionFunction } from './library/conversions.ts'
import {
  borrowedFunction,
  counting,
  type StandardFunction,
  type StandardParameter,
  standardFunction,
} from './library/functions.ts'
import { findPou, noticeUnknown } from './model.ts'
import { isPlace } from './names.ts'
import { isOpen, memberOf, type PouSymbol, parametersOf } from './symbols.ts'
import { BOOL, core, elementary, LREAL, REAL, settle, type Type, typeName, UNKNOWN, VOID } from './types.ts'

export function checkCall(ctx: Context, call: CallExpression, wanted: Type | undefined): Type {
  const { target } = call
  const { project, typing, source } = ctx
  const upper = target.kind === 'name' ? target.name.toUpperCase() : undefined
  if (upper !== undefined && !isOwnCallable(ctx, upper)) {
    // A plain name that is no block instance: a function of the project, of the standard, or of another library.
    const unit = project.pous.get(upper)
    if (unit?.kind === 'FUNCTION') {
      typing.refs.set(target, { to: 'pou', pou: unit })
      return callPou(ctx, call, unit)
    }
    if (unit === undefined) {
      const standard =
        standardFunction(upper, source.dialect) ?? borrowedFunction(upper, source.dialect, call.args.length)
      if (standard !== undefined) return checkStandard(ctx, call, standard, wanted)
      const conversion = conversionFunction(upper)
      if (conversion !== undefined) return checkConversion(ctx, call, conversion)
      if (isUnknownName(ctx, upper)) {
        noticeUnknown(source, 'ST304', (target as { name: string }).name, target.span)
        typing.refs.set(target, { to: 'unknown' })
        checkLoose(ctx, call.args)
        return UNKNOWN
      }
    }
  }
  if (target.kind === 'member' && target.target.kind === 'name') {
    const last = target.name.text.toUpperCase()
    const type = ctx.typeOf(ctx, target)
    if (typing.refs.get(target)?.to === 'unknown') {
      const qualifier = typing.refs.get(target.target)
      if (qualifier === undefined) {
        const unit = project.pous.get(last)
        if (unit?.kind === 'FUNCTION') return callPou(ctx, call, unit)
      }
      checkLoose(ctx, call.args)
      return UNKNOWN
    }
    return callType(ctx, call, type)
  }
  return callType(ctx, call, ctx.typeOf(ctx, target))
}

function isOwnCallable(ctx: Context, upper: string): boolean {
  const { pou } = ctx
  const owner = pou.owner ?? pou
  for (const each of [pou, owner]) {
    for (let at: PouSymbol | undefined = each; at !== undefined; at = at.base) {
      const type = at.variables.get(upper)?.type
      if (
        type !== undefined &&
        (type.kind === 'block' || type.kind === 'reference' || type.kind === 'unknown' || type.kind === 'array')
      )
        return true
      if (type !== undefined && !isKnownFunction(ctx, upper)) return true
      if (at.methods.has(upper) || at.properties.has(upper)) return true
    }
  }
  return ctx.project.globals.get(upper)?.type.kind === 'block'
}

const isKnownFunction = (ctx: Context, upper: string) =>
  ctx.project.pous.get(upper)?.kind === 'FUNCTION' ||
  standardFunction(upper, ctx.source.dialect) !== undefined ||
  conversionFunction(upper) !== undefined

function isUnknownName(ctx: Context, upper: string): boolean {
  return (
    findPou(ctx.project, upper) === undefined &&
    !ctx.project.globals.has(upper) &&
    !ctx.project.enumValues.has(upper) &&
    upper !== 'THIS' &&
    upper !== 'SUPER'
  )
}

function callType(ctx: Context, call: CallExpression, type: Type): Type {
  const ref = ctx.typing.refs.get(call.target)
  if (ref?.to === 'method') return callPou(ctx, call, ref.pou)
  if (ref?.to === 'pou') {
    if (ref.pou.kind === 'FUNCTION') return callPou(ctx, call, ref.pou)
    if (ref.pou.kind === 'PROGRAM') return callPou(ctx, call, ref.pou)
    report(ctx, 'ST419', call.target.span, { name: ref.pou.name })
    checkLoose(ctx, call.args)
    return UNKNOWN
  }
  const callee = core(type)
  if (callee.kind === 'block') return callPou(ctx, call, callee.pou)
  const { target } = call
  if (target.kind === 'deref' && target.target.kind === 'name' && target.target.name.toUpperCase() === 'SUPER') {
    checkLoose(ctx, call.args)
    return VOID
  }
  checkLoose(ctx, call.args)
  if (callee.kind === 'unknown' || callee.kind === 'interface' || callee.kind === 'pointer') return UNKNOWN
  report(ctx, 'ST409', call.target.span, { name: nameOf(call.target), found: typeName(callee) })
  return UNKNOWN
}

/** Arguments of a callee that we do not know: only looked into. */
function checkLoose(ctx: Context, args: readonly Argument[]): void {
  // A type may stand there too: `__NEW(Motor)`.
  for (const arg of args) if (arg.value !== undefined) ctx.typeOf(ctx, arg.value)
}

function callPou(ctx: Context, call: CallExpression, pou: PouSymbol): Type {
  const parameters = parametersOf(pou)
  const isFunction = pou.kind === 'FUNCTION' || pou.kind === 'METHOD'
  const result = isFunction ? pou.returns : VOID
  const open = isOpen(pou) || pou.kind === 'INTERFACE'
  const given = new Set<string>()
  let position = 0
  const callee = pou.name
  for (const arg of call.args) {
    let parameter: (typeof parameters)[number] | undefined
    if (arg.name !== undefined) {
      const upper = arg.name.text.toUpperCase()
      if (upper === 'EN' || upper === 'ENO') {
        if (arg.value !== undefined) ctx.valueTypeOf(ctx, arg.value)
        continue
      }
      parameter = parameters.find(each => each.name.toUpperCase() === upper)
      if (parameter === undefined || (arg.output && parameter.section === 'VAR_INPUT')) {
        // CODESYS projects moved between tools pass internal variables; the call itself is clear, so it is no error there.
        const internal = parameter === undefined && ctx.source.dialect !== 'iec' && memberOf(pou, upper) !== undefined
        if (internal) report(ctx, 'ST418', arg.name.span, { callee, name: arg.name.text })
        else if (!open) report(ctx, 'ST408', arg.name.span, { callee, name: arg.name.text })
        if (arg.value !== undefined) ctx.valueTypeOf(ctx, arg.value)
        continue
      }
    } else {
      parameter = parameters[position]
      position += 1
      if (parameter === undefined) {
        if (!open) report(ctx, 'ST406', arg.span, { callee, most: parameters.length, found: call.args.length })
        checkLoose(ctx, call.args.slice(call.args.indexOf(arg)))
        break
      }
    }
    given.add(parameter.name.toUpperCase())
    if (arg.value === undefined) continue
    checkArgument(ctx, arg, parameter.type, parameter.section, callee, parameter.name)
  }
  if (!open && isFunction) {
    const positional = call.args.every(arg => arg.name === undefined)
    const missing = parameters.find(each => {
      if (given.has(each.name.toUpperCase())) return false
      return each.section === 'VAR_IN_OUT' || (positional && each.section === 'VAR_INPUT' && each.init === undefined)
    })
    if (missing !== undefined) report(ctx, 'ST407', call.span, { callee, name: missing.name })
  }
  return result
}

function checkArgument(ctx: Context, arg: Argument, type: Type, section: string, callee: string, name: string): void {
  const value = arg.value!
  if (section === 'VAR_INPUT' && !arg.output) {
    const found = ctx.valueTypeOf(ctx, value, type)
    if (implicit(found, type, ctx.source.dialect) === 'none')
      report(ctx, 'ST405', value.span, { callee, name, wanted: typeName(type), found: typeName(settle(found)) })
    else checkAssignable(ctx, found, type, value.span)
    return
  }
  const found = ctx.valueTypeOf(ctx, value)
  if (!isPlace(ctx, value)) {
    report(ctx, 'ST416', value.span, { callee, name })
    return
  }
  if (section === 'VAR_OUTPUT' || arg.output) {
    if (implicit(type, found, ctx.source.dialect) === 'none')
      report(ctx, 'ST405', value.span, { callee, name, wanted: typeName(type), found: typeName(found) })
    return
  }
  const a = core(found)
  const b = core(type)
  const fits =
    implicit(a, b, ctx.source.dialect) !== 'none' ||
    // Strings and arrays of another length are taken by reference in older code.
    (a.kind === 'string' && b.kind === 'string') ||
    (a.kind === 'array' && b.kind === 'array')
  if (!fits) report(ctx, 'ST405', value.span, { callee, name, wanted: typeName(type), found: typeName(found) })
}

/** Pairs arguments with the parameters of a standard function; `IN3` fills the repeated `IN`. */
export function pairArguments(
  standard: StandardFunction,
  args: readonly Argument[],
): { arg: Argument; parameter: StandardParameter | undefined }[] {
  let position = 0
  return args.map(arg => {
    if (arg.name !== undefined) {
      const upper = arg.name.text.toUpperCase()
      const exact = standard.parameters.find(each => each.name === upper)
      const stem = upper.replace(/\d+$/, '')
      const repeated = standard.parameters.find(each => each.many && each.name === stem)
      const byPosition = /^IN\d*$/.test(upper) && standard.parameters.length === 1 ? standard.parameters[0] : undefined
      return { arg, parameter: exact ?? repeated ?? byPosition }
    }
    const parameter = standard.parameters[position]
    if (parameter !== undefined && !parameter.many) position += 1
    return { arg, parameter }
  })
}

/** `SIZEOF(INT)`, `ADR(Main)`: the argument may be a type or a unit. */
const takesTypes: ReadonlySet<string> = new Set(['SIZEOF', 'XSIZEOF', 'ADR'])

function checkStandard(ctx: Context, call: CallExpression, standard: StandardFunction, wanted: Type | undefined): Type {
  const { dialect } = ctx.source
  const callee = standard.name
  ctx.typing.refs.set(call.target, { to: 'standard', name: callee })
  ctx.typing.refs.set(call, { to: 'standard', name: callee })
  const args = call.args.filter(arg => !/^ENO?$/i.test(arg.name?.text ?? ''))
  const pairs = pairArguments(standard, args)
  let meet: Type | undefined
  const byName = new Map<string, Type>()
  for (const { arg, parameter } of pairs) {
    if (parameter === undefined) {
      if (arg.name !== undefined) report(ctx, 'ST408', arg.name.span, { callee, name: arg.name.text })
      else report(ctx, 'ST406', arg.span, { callee, most: standard.parameters.length, found: args.length })
      if (arg.value !== undefined) ctx.valueTypeOf(ctx, arg.value)
      continue
    }
    if (arg.value === undefined) continue
    const generic = isGeneric(parameter.type)
    const target = generic ? undefined : (elementary(parameter.type) ?? UNKNOWN)
    const find = takesTypes.has(callee) ? ctx.typeOf : ctx.valueTypeOf
    const found = find(ctx, arg.value, target ?? (standard.result.startsWith('@') ? wanted : undefined))
    byName.set(parameter.name, found)
    const fits =
      target === undefined
        ? accepts(parameter.type as Generic, found, dialect)
        : implicit(found, target, dialect) !== 'none'
    if (!fits) {
      report(ctx, 'ST405', arg.value.span, {
        callee,
        name: parameter.name,
        wanted: parameter.type,
        found: typeName(settle(found)),
      })
      byName.set(parameter.name, UNKNOWN)
      meet = UNKNOWN
    } else if (generic && !(parameter.type === 'ANY_INT' && counting.has(parameter.name))) {
      const next: Type | undefined = meet === undefined ? found : common(meet, found, dialect, pick)
      if (next === undefined)
        report(ctx, 'ST403', call.span, { operator: callee, left: typeName(meet!), right: typeName(settle(found)) })
      meet = next ?? UNKNOWN
    }
  }
  if (args.length < standard.parameters.filter(each => !each.optional).length) {
    const missing = standard.parameters.find(each => !each.optional && !byName.has(each.name))
    if (missing !== undefined) report(ctx, 'ST407', call.span, { callee, name: missing.name })
  }
  return standardResult(standard, meet, byName)
}

function standardResult(standard: StandardFunction, meet: Type | undefined, byName: Map<string, Type>): Type {
  const { result, name } = standard
  if (result === 'POINTER') return { kind: 'pointer', to: byName.get('IN') ?? UNKNOWN }
  if (result === 'STRING') {
    const wide = [...byName.values()].some(each => each.kind === 'string' && each.wide)
    return { kind: 'string', wide, length: 255 }
  }
  if (!result.startsWith('@')) return pick(result)
  let type = core(result === '@' ? (meet ?? UNKNOWN) : (byName.get(result.slice(1)) ?? UNKNOWN))
  if (type.kind === 'enum' && name !== 'SEL' && name !== 'MUX' && name !== 'MOVE') type = type.base
  const realOnly = standard.parameters[0]?.type === 'ANY_REAL' || name === 'EXPT'
  if (realOnly && type.kind === 'integerLiteral') return REAL
  if (realOnly && type.kind === 'elementary' && type.class !== 'real') return type.bits > 32 ? LREAL : REAL
  // A literal stays one (`ABS(-3)`), but what shifts and strings give has a type.
  if (type.kind === 'integerLiteral') return settle(type)
  if (type.kind === 'realLiteral') return REAL
  if (name === 'NOT' && type.kind === 'unknown') return BOOL
  return type
}

function checkConversion(ctx: Context, call: CallExpression, conversion: ConversionFunction): Type {
  const callee = nameOf(call.target).toUpperCase()
  ctx.typing.refs.set(call.target, { to: 'standard', name: callee })
  ctx.typing.refs.set(call, { to: 'standard', name: callee })
  const args = call.args.filter(arg => !/^ENO?$/i.test(arg.name?.text ?? ''))
  const value = args[0]?.value
  if (value === undefined) {
    report(ctx, 'ST407', call.span, { callee, name: 'IN' })
    return conversion.to
  }
  if (args.length > 1) report(ctx, 'ST406', args[1]!.span, { callee, most: 1, found: args.length })
  const found = ctx.valueTypeOf(ctx, value, conversion.from)
  const { from } = conversion
  if (from !== undefined) {
    const fits = implicit(found, from, ctx.source.dialect)
    if (fits === 'none' || fits === 'outOfRange') {
      report(ctx, 'ST405', value.span, { callee, name: 'IN', wanted: typeName(from), found: typeName(found) })
    }
  } else if (!accepts('ANY_ELEMENTARY', found, ctx.source.dialect) && core(found).kind !== 'enum') {
    report(ctx, 'ST405', value.span, { callee, name: 'IN', wanted: 'ANY_ELEMENTARY', found: typeName(found) })
  }
  return conversion.to
}
