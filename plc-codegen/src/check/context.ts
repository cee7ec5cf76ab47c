import type { ProblemCode } from '../problems.ts'
import type { Span } from '../syntax/span.ts'
import type { Expression } from '../syntax/tree.ts'
import { type Conversion, implicit } from './convert.ts'
import { type Project, problem, type SourceFile } from './model.ts'
import type { PouSymbol, Resolution } from './symbols.ts'
import { core, type Elementary, elementary, type Type, typeName, UNKNOWN } from './types.ts'

/** What checking found out about expressions: the simulator reads it, so that neither guesses. */
export interface Typing {
  readonly types: Map<Expression, Type>
  readonly refs: Map<Expression, Resolution>
}

/** What a body is checked with. */
export interface Context {
  readonly project: Project
  readonly source: SourceFile
  readonly pou: PouSymbol
  readonly typing: Typing
  readonly labels: ReadonlySet<string>
  /** The type of an expression, kept in the typing; `wanted` helps literals and overloaded calls. */
  readonly typeOf: (ctx: Context, expression: Expression, wanted?: Type) => Type
  /** As `typeOf`, where a value is needed. */
  readonly valueTypeOf: (ctx: Context, expression: Expression, wanted?: Type) => Type
  loops: number
}

export function report(
  ctx: Context,
  code: ProblemCode,
  span: Span,
  values: Record<string, string | number> = {},
): void {
  problem(ctx.source, code, span, values)
}

export const pick = (name: string): Elementary => elementary(name)!

/** Reports where a value of `from` cannot or should not silently become `to`. */
export function checkAssignable(ctx: Context, from: Type, to: Type, span: Span): Conversion {
  const found = implicit(from, to, ctx.source.dialect)
  if (found === 'none') report(ctx, 'ST401', span, { from: typeName(from), to: typeName(to) })
  else if (found === 'outOfRange') report(ctx, 'ST414', span, { value: typeName(from), type: typeName(to) })
  else if (found === 'lossy' && from.kind !== 'integerLiteral')
    report(ctx, 'ST402', span, { from: typeName(core(from)), to: typeName(core(to)) })
  else if (
    from.kind === 'string' &&
    to.kind === 'string' &&
    from.length > to.length &&
    ctx.typing.refs.size >= 0 &&
    literalLength.has(from)
  ) {
    report(ctx, 'ST424', span, { length: from.length, type: typeName(to) })
  }
  return found
}

/** String types that stand for one literal: only of those is the length known. */
export const literalLength = new WeakSet<Type>()

export function settleUnknown(ctx: Context, expression: Expression): Type {
  ctx.typing.refs.set(expression, { to: 'unknown' })
  return UNKNOWN
}
