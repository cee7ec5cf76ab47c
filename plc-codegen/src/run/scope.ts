import type { Typing } from '../check/context.ts'
import type { Project } from '../check/model.ts'
import type { PouSymbol } from '../check/symbols.ts'
import { type Type, UNKNOWN } from '../check/types.ts'
import type { Dialect } from '../syntax/dialect.ts'
import type { Expression } from '../syntax/tree.ts'
import type { Evaluate, Execute, Frame, Machine } from './machine.ts'
import { raise } from './traps.ts'

/** A unit ready to run. `run` is bound late, so that units may call one another in any order. */
export interface Body {
  readonly pou: PouSymbol
  /** A new frame with its initial values. */
  readonly create: () => Frame
  run: Execute
}

/** Compiling of expressions, handed down so that places and calls need not know of it. */
export interface ExpressionCompiler {
  readonly value: (scope: Scope, expression: Expression) => Evaluate
  /** For a place of another type. */
  readonly to: (scope: Scope, expression: Expression, target: Type) => Evaluate
}

/** What compiling one running program shares. */
export interface Program {
  readonly project: Project
  readonly typing: Typing
  readonly machine: Machine
  readonly dialect: Dialect
  readonly globals: ReadonlyMap<string, number>
  readonly bodies: Map<PouSymbol, Body>
  readonly compiler: ExpressionCompiler
  readonly bodyOf: (pou: PouSymbol) => Body
  /** Values at direct addresses that no variable is declared at. */
  readonly memory: Map<string, unknown>
}

/** What compiling one body needs. */
export interface Scope {
  readonly program: Program
  readonly pou: PouSymbol
}

export function typeIn(scope: Scope, expression: Expression): Type {
  return scope.program.typing.types.get(expression) ?? UNKNOWN
}

export function unsupported(what: string): Evaluate {
  return () => raise({ code: 'ST705', values: { what } })
}

export function compile(scope: Scope, expression: Expression): Evaluate {
  return scope.program.compiler.value(scope, expression)
}

export function compileTo(scope: Scope, expression: Expression, target: Type): Evaluate {
  return scope.program.compiler.to(scope, expression, target)
}
