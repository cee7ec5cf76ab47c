/** Names, literals and expressions of the tree. */
import type { Span } from './span.ts'

export interface Name {
  readonly text: string
  readonly span: Span
}

export type LiteralKind =
  | 'integer'
  | 'real'
  | 'boolean'
  | 'string'
  | 'wstring'
  /** `value` in nanoseconds. */
  | 'time'
  /** `value` in nanoseconds since 1970-01-01. */
  | 'date'
  | 'dateTime'
  /** `value` in nanoseconds since midnight. */
  | 'timeOfDay'
  | 'enum'

export interface Literal {
  readonly kind: 'literal'
  readonly literal: LiteralKind
  /** The type before `#`, in upper case, where one is written. */
  readonly prefix?: string
  readonly value: bigint | number | boolean | string
  readonly text: string
  readonly span: Span
}

export type BinaryOperator =
  | 'OR'
  | 'OR_ELSE'
  | 'XOR'
  | 'AND'
  | 'AND_THEN'
  | '='
  | '<>'
  | '<'
  | '>'
  | '<='
  | '>='
  | '+'
  | '-'
  | '*'
  | '/'
  | 'MOD'
  | '**'

export interface Argument {
  readonly name?: Name
  /** Absent where a call leaves it empty: `fb(Q => )`. */
  readonly value?: Expression
  /** `=>` takes an output. */
  readonly output: boolean
  readonly negated: boolean
  readonly span: Span
}

export interface NameExpression {
  readonly kind: 'name'
  readonly name: string
  readonly span: Span
}
export interface MemberExpression {
  readonly kind: 'member'
  readonly target: Expression
  readonly name: Name
  readonly span: Span
}
/** `x.3` or `x.%X3`: one bit, or with size B, W, D a slice. */
export interface BitExpression {
  readonly kind: 'bit'
  readonly target: Expression
  readonly size: 'X' | 'B' | 'W' | 'D'
  readonly index: number
  readonly span: Span
}
export interface IndexExpression {
  readonly kind: 'index'
  readonly target: Expression
  readonly indices: readonly Expression[]
  readonly span: Span
}
export interface DerefExpression {
  readonly kind: 'deref'
  readonly target: Expression
  readonly span: Span
}
export interface CallExpression {
  readonly kind: 'call'
  readonly target: Expression
  readonly args: readonly Argument[]
  readonly span: Span
}
export interface UnaryExpression {
  readonly kind: 'unary'
  readonly operator: 'NOT' | '-' | '+'
  readonly operand: Expression
  readonly span: Span
}
export interface BinaryExpression {
  readonly kind: 'binary'
  readonly operator: BinaryOperator
  readonly left: Expression
  readonly right: Expression
  readonly span: Span
}
export interface AddressExpression {
  readonly kind: 'address'
  readonly address: string
  readonly span: Span
}
export interface ArrayInitialiser {
  readonly kind: 'arrayInit'
  readonly items: readonly { readonly count?: Expression; readonly value?: Expression }[]
  readonly span: Span
}
export interface StructInitialiser {
  readonly kind: 'structInit'
  readonly fields: readonly { readonly name: Name; readonly value: Expression }[]
  readonly span: Span
}
/** Stands where no expression could be read: already reported, so it is never reported again. */
export interface BadExpression {
  readonly kind: 'bad'
  readonly span: Span
}

export type Expression =
  | Literal
  | NameExpression
  | MemberExpression
  | BitExpression
  | IndexExpression
  | DerefExpression
  | CallExpression
  | UnaryExpression
  | BinaryExpression
  | AddressExpression
  | ArrayInitialiser
  | StructInitialiser
  | BadExpression
