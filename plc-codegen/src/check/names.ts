import type { Expression } from '../syntax/tree.ts'
import { evaluateConstant } from './constants.ts'
import { type Context, report, settleUnknown } from './context.ts'
import { conversionFunction } from './library/conversions.ts'
import { standardFunction } from './library/functions.ts'
import { findPou, noticeUnknown } from './model.ts'
import { findType } from './resolve-type.ts'
import { isOpen, memberOf, methodOf, propertyOf } from './symbols.ts'
import { BOOL, core, INT, integerRange, settle, type Type, typeName, UNKNOWN, VOID } from './types.ts'

type Of<K extends Expression['kind']> = Extract<Expression, { kind: K }>

/** What a plain name stands for: own variable, own result, the owner's member, a global, an enumeration's value, a unit. */
export function checkName(ctx: Context, expression: Of<'name'>): Type {
  const { pou, project, typing } = ctx
  const upper = expression.name.toUpperCase()
  const own = memberOf(pou, upper)
  if (own !== undefined && own.section !== 'VAR_EXTERNAL') {
    typing.refs.set(expression, { to: 'variable', variable: own, scope: 'local' })
    return own.type
  }
  if (upper === pou.name.toUpperCase() && (pou.kind === 'FUNCTION' || pou.kind === 'METHOD')) {
    typing.refs.set(expression, { to: 'result', pou })
    return pou.returns
  }
  if (upper === 'THIS' && (pou.owner ?? pou).kind !== 'FUNCTION') {
    typing.refs.set(expression, { to: 'this' })
    return { kind: 'pointer', to: { kind: 'block', pou: pou.owner ?? pou } }
  }
  if (upper === 'SUPER') {
    typing.refs.set(expression, { to: 'super' })
    const base = (pou.owner ?? pou).base
    return base === undefined ? UNKNOWN : { kind: 'pointer', to: { kind: 'block', pou: base } }
  }
  if (upper === 'NULL') return { kind: 'null' }
  const { owner } = pou
  if (owner !== undefined) {
    const field = memberOf(owner, upper)
    if (field !== undefined) {
      typing.refs.set(expression, { to: 'variable', variable: field, scope: 'owner' })
      return field.type
    }
  }
  const block = owner ?? pou
  const property = propertyOf(block, upper)
  if (property !== undefined) {
    typing.refs.set(expression, { to: 'property', property })
    return property.type
  }
  const method = methodOf(block, upper)
  if (method !== undefined) {
    typing.refs.set(expression, { to: 'method', pou: method })
    return method.returns
  }
  const global = project.globals.get(upper)
  if (global !== undefined) {
    typing.refs.set(expression, { to: 'variable', variable: global, scope: 'global' })
    return global.type
  }
  if (own !== undefined) {
    // An external whose global is in no file of this call.
    typing.refs.set(expression, { to: 'variable', variable: own, scope: 'local' })
    return own.type
  }
  const enumValue = project.enumValues.get(upper)
  if (enumValue !== undefined) {
    typing.refs.set(expression, { to: 'enumValue', ...enumValue })
    return enumValue.type
  }
  const unit = findPou(project, upper)
  if (unit !== undefined) {
    typing.refs.set(expression, { to: 'pou', pou: unit })
    return unit.kind === 'FUNCTION' ? unit.returns : unit.kind === 'PROGRAM' ? { kind: 'block', pou: unit } : VOID
  }
  if (standardFunction(upper, ctx.source.dialect) !== undefined || conversionFunction(upper) !== undefined) {
    typing.refs.set(expression, { to: 'standard', name: upper })
    return UNKNOWN
  }
  const type = findType(project, upper)
  if (type !== undefined) {
    typing.refs.set(expression, { to: 'type', type })
    return type
  }
  if (!isOpen(block)) noticeUnknown(ctx.source, 'ST303', expression.name, expression.span)
  return settleUnknown(ctx, expression)
}

export function checkMember(ctx: Context, expression: Of<'member'>): Type {
  const { typing, project } = ctx
  const { target, name } = expression
  const upper = name.text.toUpperCase()
  // A library or global list before the dot: `LIB.NAME`. Known by its last part, or not at all.
  if (target.kind === 'name' && isNamespace(ctx, target)) {
    const global = project.globals.get(upper)
    if (global !== undefined) {
      typing.refs.set(expression, { to: 'variable', variable: global, scope: 'global' })
      return global.type
    }
    const unit = findPou(project, upper)
    if (unit?.kind === 'FUNCTION' || unit?.kind === 'PROGRAM') {
      typing.refs.set(expression, { to: 'pou', pou: unit })
      return unit.kind === 'FUNCTION' ? unit.returns : unit.kind === 'PROGRAM' ? { kind: 'block', pou: unit } : VOID
    }
    noticeUnknown(ctx.source, 'ST303', target.name, target.span)
    return settleUnknown(ctx, expression)
  }
  const found = ctx.typeOf(ctx, target)
  const owner = core(found)
  const ref = typing.refs.get(target)
  if (ref?.to === 'type' && owner.kind === 'enum') {
    const value = owner.values.get(upper)
    if (value === undefined) report(ctx, 'ST305', name.span, { owner: owner.name, name: name.text })
    else typing.refs.set(expression, { to: 'enumValue', type: owner, value: value.value })
    return owner
  }
  if (owner.kind === 'struct') {
    const field = owner.fields.get(upper)
    if (field === undefined) {
      report(ctx, 'ST305', name.span, { owner: typeName(owner), name: name.text })
      return settleUnknown(ctx, expression)
    }
    typing.refs.set(expression, { to: 'field', struct: owner, index: field.index })
    return field.type
  }
  const block =
    owner.kind === 'block'
      ? owner
      : owner.kind === 'pointer' && owner.to.kind === 'block' && (ref?.to === 'this' || ref?.to === 'super')
        ? owner.to
        : undefined
  if (block !== undefined) {
    const variable = memberOf(block.pou, upper)
    if (variable !== undefined) {
      typing.refs.set(expression, { to: 'blockMember', pou: block.pou, variable })
      return variable.type
    }
    const property = propertyOf(block.pou, upper)
    if (property !== undefined) {
      typing.refs.set(expression, { to: 'property', property })
      return property.type
    }
    const method = methodOf(block.pou, upper)
    if (method !== undefined) {
      typing.refs.set(expression, { to: 'method', pou: method })
      return method.returns
    }
    if (!isOpen(block.pou)) report(ctx, 'ST305', name.span, { owner: block.pou.name, name: name.text })
    return settleUnknown(ctx, expression)
  }
  if (owner.kind === 'unknown' || owner.kind === 'interface' || owner.kind === 'void')
    return settleUnknown(ctx, expression)
  // `word.BIT_NAME` with a constant of that name (CODESYS).
  const bit = ctx.pou.variables.get(upper) ?? project.globals.get(upper)
  if (
    owner.kind === 'elementary' &&
    integerRange(owner) !== undefined &&
    bit?.constant === true &&
    ctx.source.dialect === 'codesys'
  ) {
    typing.refs.set(expression, { to: 'unknown' })
    return BOOL
  }
  report(ctx, 'ST412', name.span, { found: typeName(owner), name: name.text })
  return settleUnknown(ctx, expression)
}

/** A name that is no variable, type or unit, standing before a dot. */
function isNamespace(ctx: Context, target: Of<'name'>): boolean {
  const upper = target.name.toUpperCase()
  const { pou, project } = ctx
  if (upper === 'THIS' || upper === 'SUPER') return false
  const owner = pou.owner ?? pou
  return (
    memberOf(pou, upper) === undefined &&
    memberOf(owner, upper) === undefined &&
    propertyOf(owner, upper) === undefined &&
    upper !== pou.name.toUpperCase() &&
    !project.globals.has(upper) &&
    !project.pous.has(upper) &&
    findType(project, upper) === undefined
  )
}

export function checkIndex(ctx: Context, expression: Of<'index'>): Type {
  const found = core(ctx.valueTypeOf(ctx, expression.target))
  const indices = expression.indices.map(each => ({ each, type: ctx.valueTypeOf(ctx, each) }))
  for (const { each, type } of indices) {
    const t = core(type)
    const fits =
      t.kind === 'unknown' ||
      t.kind === 'enum' ||
      t.kind === 'integerLiteral' ||
      (t.kind === 'elementary' && t.class !== 'bool' && integerRange(t) !== undefined)
    if (!fits) report(ctx, 'ST411', each.span, { found: typeName(settle(t)) })
  }
  if (found.kind === 'unknown') return UNKNOWN
  if (found.kind === 'string')
    return ctx.source.dialect === 'iec' ? { kind: 'string', wide: found.wide, length: 1 } : found.wide ? INT : UNKNOWN
  // `p[i]` on a pointer counts elements (CODESYS).
  if (found.kind === 'pointer' && found.to.kind !== 'array' && indices.length === 1) return found.to
  if (found.kind !== 'array') {
    report(ctx, 'ST410', expression.span, { found: typeName(found), count: indices.length })
    return UNKNOWN
  }
  return elementOf(
    ctx,
    expression,
    found,
    indices.map(({ each }) => each),
  )
}

function elementOf(
  ctx: Context,
  expression: Of<'index'>,
  array: Extract<Type, { kind: 'array' }>,
  indices: readonly Expression[],
): Type {
  const { dimensions } = array
  if (indices.length > dimensions.length && array.element.kind === 'array') {
    return elementOf(ctx, expression, array.element, indices.slice(dimensions.length))
  }
  if (indices.length !== dimensions.length) {
    report(ctx, 'ST410', expression.span, { found: typeName(array), count: indices.length })
    return UNKNOWN
  }
  indices.forEach((each, i) => {
    const bounds = dimensions[i]
    const value = evaluateConstant(each, {
      variable: upper => ctx.pou.variables.get(upper),
      enumValue: () => undefined,
    })
    if (bounds !== undefined && typeof value === 'number' && (value < bounds.low || value > bounds.high)) {
      report(ctx, 'ST422', each.span, { index: value, ...bounds })
    }
  })
  return array.element
}

/** Whether an expression names a place that can be written. */
export function isPlace(ctx: Context, expression: Expression): boolean {
  switch (expression.kind) {
    case 'name':
    case 'member': {
      const ref = ctx.typing.refs.get(expression)
      if (ref === undefined) return true
      return (
        ref.to === 'variable' ||
        ref.to === 'result' ||
        ref.to === 'field' ||
        ref.to === 'blockMember' ||
        ref.to === 'property' ||
        ref.to === 'unknown'
      )
    }
    case 'index':
    case 'deref':
    case 'bit':
    case 'address':
    case 'bad':
      return true
    default:
      return false
  }
}
