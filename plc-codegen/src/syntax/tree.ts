/**
 * The tree of one text. Every node has a kind and a span; parentheses are not kept (the printer puts them back where
 * precedence asks), nor are comments (the formatter works on tokens and keeps them).
 */
import type { Span } from './span.ts'
import type { Argument, CallExpression, Expression, Name } from './tree-expression.ts'

export type * from './tree-expression.ts'

export type AssignOperator = ':=' | 'S=' | 'R=' | 'REF=' | '?=' | '+=' | '-=' | '*=' | '/='

export interface CaseLabel {
  readonly low: Expression
  readonly high?: Expression
  readonly span: Span
}
export interface IfBranch {
  readonly condition: Expression
  readonly body: readonly Statement[]
  readonly span: Span
}
export interface CaseBranch {
  readonly labels: readonly CaseLabel[]
  readonly body: readonly Statement[]
  readonly span: Span
}

export interface AssignStatement {
  readonly kind: 'assign'
  readonly operator: AssignOperator
  readonly target: Expression /** Further targets of `a := b := c`. */
  readonly also?: readonly Expression[]
  readonly value: Expression
  readonly span: Span
}
export interface CallStatement {
  readonly kind: 'callStatement'
  readonly call: CallExpression
  readonly span: Span
}
export interface IfStatement {
  readonly kind: 'if'
  readonly branches: readonly IfBranch[]
  readonly otherwise?: readonly Statement[]
  readonly span: Span
}
export interface CaseStatement {
  readonly kind: 'case'
  readonly selector: Expression
  readonly branches: readonly CaseBranch[]
  readonly otherwise?: readonly Statement[]
  readonly span: Span
}
export interface ForStatement {
  readonly kind: 'for'
  readonly variable: Expression
  readonly from: Expression
  readonly to: Expression
  readonly by?: Expression
  readonly body: readonly Statement[]
  readonly span: Span
}
export interface WhileStatement {
  readonly kind: 'while'
  readonly condition: Expression
  readonly body: readonly Statement[]
  readonly span: Span
}
export interface RepeatStatement {
  readonly kind: 'repeat'
  readonly body: readonly Statement[]
  readonly until: Expression
  readonly span: Span
}
export interface SimpleStatement {
  readonly kind: 'exit' | 'continue' | 'empty' | 'badStatement'
  readonly span: Span
}
export interface ReturnStatement {
  readonly kind: 'return'
  readonly value?: Expression
  readonly span: Span
}
export interface JumpStatement {
  readonly kind: 'jump'
  readonly label: Name
  readonly span: Span
}
export interface LabelStatement {
  readonly kind: 'label'
  readonly label: Name
  readonly span: Span
}
export interface RegionStatement {
  readonly kind: 'region'
  readonly title: string
  readonly body: readonly Statement[]
  readonly span: Span
}

export type Statement =
  | AssignStatement
  | CallStatement
  | IfStatement
  | CaseStatement
  | ForStatement
  | WhileStatement
  | RepeatStatement
  | SimpleStatement
  | ReturnStatement
  | JumpStatement
  | LabelStatement
  | RegionStatement

export interface Range {
  readonly low: Expression
  readonly high: Expression
}
export interface EnumValue {
  readonly name: Name
  readonly value?: Expression
}

export type TypeNode =
  /** A dotted name; `arguments` initialise a function block instance in the old spelling `x : TON(PT := T#1s)`. */
  | { readonly kind: 'namedType'; readonly name: string; readonly span: Span }
  | { readonly kind: 'stringType'; readonly wide: boolean; readonly length?: Expression; readonly span: Span }
  | {
      readonly kind: 'arrayType'
      readonly ranges: readonly (Range | undefined)[]
      readonly element: TypeNode
      readonly span: Span
    }
  | { readonly kind: 'pointerType' | 'referenceType'; readonly to: TypeNode; readonly span: Span }
  | {
      readonly kind: 'structType'
      readonly extends?: string
      readonly union: boolean
      readonly fields: readonly Declaration[]
      readonly span: Span
    }
  | { readonly kind: 'enumType'; readonly values: readonly EnumValue[]; readonly base?: string; readonly span: Span }
  | { readonly kind: 'subrangeType'; readonly base: string; readonly range: Range; readonly span: Span }

/** One declaration of one or several names of a type. */
export interface Declaration {
  readonly names: readonly Name[]
  readonly type: TypeNode
  readonly init?: Expression
  readonly address?: string
  readonly edge?: 'R_EDGE' | 'F_EDGE'
  /** For the printer: a comment to the right. The parser leaves it out. */
  readonly comment?: string
  readonly span: Span
}

export type SectionKind =
  | 'VAR'
  | 'VAR_INPUT'
  | 'VAR_OUTPUT'
  | 'VAR_IN_OUT'
  | 'VAR_TEMP'
  | 'VAR_GLOBAL'
  | 'VAR_EXTERNAL'
  | 'VAR_CONFIG'
  | 'VAR_ACCESS'
  | 'VAR_INST'
  | 'VAR_STAT'

export interface Section {
  readonly section: SectionKind
  readonly qualifiers: readonly string[]
  readonly declarations: readonly Declaration[]
  readonly span: Span
}

export type PouKind = 'FUNCTION' | 'FUNCTION_BLOCK' | 'PROGRAM' | 'CLASS' | 'ORGANIZATION_BLOCK' | 'METHOD' | 'ACTION'

export interface Pou {
  readonly kind: 'pou'
  readonly pou: PouKind
  readonly name: Name
  readonly modifiers: readonly string[]
  readonly returns?: TypeNode
  readonly extends?: Name
  readonly implements: readonly Name[]
  readonly sections: readonly Section[]
  /** Methods and actions. */
  readonly members: readonly Pou[]
  readonly properties: readonly Property[]
  readonly body: readonly Statement[]
  readonly span: Span
}

export interface Property {
  readonly name: Name
  readonly modifiers: readonly string[]
  readonly type?: TypeNode
  readonly get?: { readonly sections: readonly Section[]; readonly body: readonly Statement[] }
  readonly set?: { readonly sections: readonly Section[]; readonly body: readonly Statement[] }
  readonly span: Span
}

export interface TypeDeclaration {
  readonly kind: 'type'
  readonly name: Name
  readonly type: TypeNode
  readonly init?: Expression
  readonly span: Span
}
export interface Globals {
  readonly kind: 'globals'
  readonly section: Section
  readonly span: Span
}
export interface Interface {
  readonly kind: 'interface'
  readonly name: Name
  readonly extends: readonly Name[]
  readonly members: readonly Pou[]
  readonly properties: readonly Property[]
  readonly span: Span
}
export interface Namespace {
  readonly kind: 'namespace'
  readonly name: Name
  readonly items: readonly Item[]
  readonly span: Span
}
export interface DataBlock {
  readonly kind: 'dataBlock'
  readonly name: Name
  readonly type?: TypeNode
  readonly sections: readonly Section[]
  readonly body: readonly Statement[]
  readonly span: Span
}
/** `TASK T(INTERVAL := T#10ms, PRIORITY := 1);` (IEC 61131-3:2013, table 63). */
export interface Task {
  readonly name: Name
  readonly args: readonly Argument[]
  readonly span: Span
}
/** `PROGRAM P1 WITH T : P(a := x, y => z);` */
export interface ProgramInstance {
  readonly name: Name
  readonly qualifiers: readonly string[]
  readonly task?: Name
  readonly type: Name
  readonly args: readonly Argument[]
  readonly span: Span
}
/** What runs on one processor. */
export interface Resource {
  readonly name: Name
  /** The kind of processor behind ON. */
  readonly on?: Name
  readonly sections: readonly Section[]
  readonly tasks: readonly Task[]
  readonly programs: readonly ProgramInstance[]
  readonly span: Span
}
/** With a single resource its tasks and programs may stand in the configuration itself. */
export interface Configuration {
  readonly kind: 'configuration'
  readonly name: Name
  readonly sections: readonly Section[]
  readonly resources: readonly Resource[]
  readonly tasks: readonly Task[]
  readonly programs: readonly ProgramInstance[]
  readonly span: Span
}

export type Item = Pou | TypeDeclaration | Globals | Interface | Namespace | DataBlock | Configuration

export interface Unit {
  readonly kind: 'unit'
  readonly items: readonly Item[]
  readonly span: Span
}
