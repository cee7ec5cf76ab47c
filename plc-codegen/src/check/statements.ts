import { nameOf } from '../syntax/name-of.ts'
import type { AssignStatement, CaseStatement, Expression, ForStatement, Statement } from '../syntax/tree.ts'
import { type ConstantValue, evaluateConstant } from './constants.ts'
import { type Context, checkAssignable, report } from './context.ts'
import { implicit } from './convert.ts'
import { typeOf, valueTypeOf } from './expressions.ts'
import { isPlace } from './names.ts'
import { core, integerRange, settle, type Type, typeName } from './types.ts'

export function checkStatements(ctx: Context, statements: readonly Statement[]): void {
  for (const statement of statements) checkStatement(ctx, statement)
}

function checkStatement(ctx: Context, statement: Statement): void {
  switch (statement.kind) {
    case 'assign':
      checkAssignment(ctx, statement)
      return
    case 'callStatement':
      typeOf(ctx, statement.call)
      return
    case 'if':
      for (const branch of statement.branches) {
        checkCondition(ctx, branch.condition)
        checkStatements(ctx, branch.body)
      }
      if (statement.otherwise !== undefined) checkStatements(ctx, statement.otherwise)
      return
    case 'case':
      checkCase(ctx, statement)
      return
    case 'for':
      checkFor(ctx, statement)
      return
    case 'while':
      checkCondition(ctx, statement.condition)
      checkLoop(ctx, statement.body)
      return
    case 'repeat':
      checkLoop(ctx, statement.body)
      checkCondition(ctx, statement.until)
      return
    case 'exit':
    case 'continue':
      if (ctx.loops === 0) report(ctx, 'ST501', statement.span, { word: statement.kind.toUpperCase() })
      return
    case 'return':
      if (statement.value !== undefined) valueTypeOf(ctx, statement.value)
      return
    case 'jump':
      if (!ctx.labels.has(statement.label.text.toUpperCase()))
        report(ctx, 'ST506', statement.label.span, { name: statement.label.text })
      return
    case 'region':
      checkStatements(ctx, statement.body)
      return
    case 'label':
    case 'empty':
    case 'badStatement':
      return
  }
}

function checkLoop(ctx: Context, body: readonly Statement[]): void {
  ctx.loops += 1
  checkStatements(ctx, body)
  ctx.loops -= 1
}

function checkCondition(ctx: Context, condition: Expression): void {
  const found = core(valueTypeOf(ctx, condition))
  const fits = found.kind === 'unknown' || (found.kind === 'elementary' && found.class === 'bool')
  if (!fits) report(ctx, 'ST404', condition.span, { found: typeName(settle(found)) })
}

function checkAssignment(ctx: Context, statement: AssignStatement): void {
  for (const target of [statement.target, ...(statement.also ?? [])]) checkOneAssignment(ctx, statement, target)
}

function checkOneAssignment(ctx: Context, statement: AssignStatement, target: Expression): void {
  const type = typeOf(ctx, target)
  const { operator, value } = statement
  if (!isPlace(ctx, target)) {
    report(ctx, 'ST503', target.span, { name: nameOf(target) })
    valueTypeOf(ctx, value)
    return
  }
  const ref = ctx.typing.refs.get(target)
  if (ref?.to === 'variable' && ref.variable.constant) report(ctx, 'ST502', target.span, { name: ref.variable.name })
  const found = valueTypeOf(ctx, value, type)
  if (operator === 'REF=' || operator === '?=') return
  if (operator === 'S=' || operator === 'R=') {
    checkAssignable(ctx, found, type, value.span)
    return
  }
  if (ref?.to === 'result' && type.kind === 'void') return
  if (type.kind === 'block' && found.kind === 'block' && implicit(found, type, ctx.source.dialect) === 'exact') return
  checkAssignable(ctx, found, type, value.span)
}

function checkCase(ctx: Context, statement: CaseStatement): void {
  const selector = core(valueTypeOf(ctx, statement.selector))
  const fits =
    selector.kind === 'unknown' ||
    selector.kind === 'enum' ||
    selector.kind === 'integerLiteral' ||
    (selector.kind === 'string' && ctx.source.dialect !== 'iec') ||
    (selector.kind === 'elementary' && (integerRange(selector) !== undefined || selector.class === 'char'))
  if (!fits) report(ctx, 'ST508', statement.selector.span, { found: typeName(settle(selector)) })
  const seen = new Set<ConstantValue>()
  const ranges: { readonly low: number; readonly high: number }[] = []
  for (const branch of statement.branches) {
    for (const label of branch.labels) {
      for (const each of label.high === undefined ? [label.low] : [label.low, label.high]) {
        const type = valueTypeOf(ctx, each, selector)
        if (!fits || selector.kind === 'unknown') continue
        const how = implicit(type, selector, ctx.source.dialect)
        if (how === 'none') report(ctx, 'ST401', each.span, { from: typeName(type), to: typeName(selector) })
        else if (how === 'outOfRange')
          report(ctx, 'ST414', each.span, { value: typeName(type), type: typeName(selector) })
      }
      const value = labelValue(ctx, label.low)
      const high = label.high === undefined ? value : labelValue(ctx, label.high)
      if (typeof value === 'number' && typeof high === 'number') {
        if (value > high) report(ctx, 'ST307', label.span, { low: value, high })
        else if (ranges.some(each => value <= each.high && each.low <= high))
          report(ctx, 'ST504', label.span, { label: value === high ? String(value) : `${value}..${high}` })
        ranges.push({ low: value, high })
      } else if (label.high === undefined && value !== undefined) {
        if (seen.has(value)) report(ctx, 'ST504', label.span, { label: String(value) })
        seen.add(value)
      }
    }
    checkStatements(ctx, branch.body)
  }
  if (statement.otherwise !== undefined) checkStatements(ctx, statement.otherwise)
}

/** The value of a CASE label, or undefined where another library holds it. */
export function labelValue(
  ctx: Pick<Context, 'pou' | 'project' | 'typing'>,
  label: Expression,
): ConstantValue | undefined {
  const ref = ctx.typing.refs.get(label)
  if (ref?.to === 'enumValue') return ref.value
  return evaluateConstant(label, {
    variable: upper =>
      ctx.pou.variables.get(upper) ?? ctx.pou.owner?.variables.get(upper) ?? ctx.project.globals.get(upper),
    enumValue: upper => ctx.project.enumValues.get(upper)?.value,
  })
}

function checkFor(ctx: Context, statement: ForStatement): void {
  const variable = core(typeOf(ctx, statement.variable))
  const integer = (t: Type) =>
    t.kind === 'unknown' ||
    t.kind === 'integerLiteral' ||
    (t.kind === 'elementary' && t.class !== 'bool' && integerRange(t) !== undefined)
  if (!integer(variable)) report(ctx, 'ST505', statement.variable.span, { found: typeName(variable) })
  const ref = ctx.typing.refs.get(statement.variable)
  if (ref?.to === 'variable' && ref.variable.constant)
    report(ctx, 'ST502', statement.variable.span, { name: ref.variable.name })
  for (const each of [statement.from, statement.to, ...(statement.by === undefined ? [] : [statement.by])]) {
    const type = valueTypeOf(ctx, each, variable)
    if (!integer(core(type))) report(ctx, 'ST401', each.span, { from: typeName(settle(type)), to: typeName(variable) })
  }
  if (statement.by !== undefined && labelValue(ctx, statement.by) === 0) report(ctx, 'ST507', statement.by.span)
  checkLoop(ctx, statement.body)
}
