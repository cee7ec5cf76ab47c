import type { Span } from '../syntax/span.ts'
import type { Expression, Pou, PouKind, Property, SectionKind } from '../syntax/tree.ts'

/** Kinds of elementary types; `bits` is the width where arithmetic wraps. */
export type ElementaryClass =
  | 'bool'
  | 'bits'
  | 'signed'
  | 'unsigned'
  | 'real'
  | 'time'
  | 'ltime'
  | 'date'
  | 'ldate'
  | 'tod'
  | 'ltod'
  | 'dt'
  | 'ldt'
  | 'char'

export interface Elementary {
  readonly kind: 'elementary'
  readonly name: string
  readonly class: ElementaryClass
  readonly bits: number
}

export interface Field {
  readonly name: string
  readonly type: Type
  readonly index: number
}

export interface StructType {
  readonly kind: 'struct'
  readonly name: string
  readonly union: boolean
  /** By name in upper case, in the order of declaration. */
  readonly fields: Map<string, Field>
}

export interface EnumType {
  readonly kind: 'enum'
  readonly name: string
  readonly values: Map<string, { readonly name: string; readonly value: number }>
  readonly base: Elementary
}

export interface ArrayType {
  readonly kind: 'array'
  /** Bounds per dimension; undefined where they are not known (another library's constant, or `*`). */
  readonly dimensions: readonly ({ readonly low: number; readonly high: number } | undefined)[]
  readonly element: Type
}

export type Type =
  | Elementary
  | { readonly kind: 'string'; readonly wide: boolean; readonly length: number }
  | ArrayType
  | StructType
  | EnumType
  | {
      readonly kind: 'subrange'
      readonly name: string
      readonly base: Elementary
      readonly low: number
      readonly high: number
    }
  | { readonly kind: 'pointer'; readonly to: Type }
  | { readonly kind: 'reference'; readonly to: Type }
  | { readonly kind: 'block'; readonly pou: PouSymbol }
  | { readonly kind: 'interface'; readonly name: string }
  /** A literal without a type yet, with its value: it takes the type of its surroundings. */
  | { readonly kind: 'integerLiteral'; readonly value: number | bigint }
  | { readonly kind: 'realLiteral'; readonly value: number }
  | { readonly kind: 'null' }
  | { readonly kind: 'void' }
  /** Of another library, or already reported: fits everything and is never reported again. */
  | { readonly kind: 'unknown' }

export interface Variable {
  readonly name: string
  readonly type: Type
  readonly section: SectionKind
  readonly constant: boolean
  readonly retain: boolean
  readonly init?: Expression
  readonly address?: string
  readonly edge?: 'R_EDGE' | 'F_EDGE'
  readonly span: Span
}

export interface PropertySymbol {
  readonly name: string
  readonly type: Type
  readonly node: Property
  readonly get?: PouSymbol
  readonly set?: PouSymbol
}

/** A program, block, function, method or action with its declarations resolved. */
export interface PouSymbol {
  readonly name: string
  readonly kind: PouKind | 'INTERFACE'
  readonly file: string
  /** Absent for blocks of the standard library. */
  readonly node?: Pou
  /** Own variables by name in upper case, in the order of declaration. */
  readonly variables: Map<string, Variable>
  /** The block that a method or action belongs to. */
  readonly owner?: PouSymbol
  returns: Type
  base?: PouSymbol
  readonly methods: Map<string, PouSymbol>
  readonly properties: Map<string, PropertySymbol>
  /** True where a base or interface of another library may add members that we cannot see. */
  open: boolean
}

const rows: [ElementaryClass, number, string][] = [
  ['bool', 1, 'BOOL'],
  ['bits', 8, 'BYTE'],
  ['bits', 16, 'WORD'],
  ['bits', 32, 'DWORD'],
  ['bits', 64, 'LWORD'],
  ['signed', 8, 'SINT'],
  ['signed', 16, 'INT'],
  ['signed', 32, 'DINT'],
  ['signed', 64, 'LINT'],
  ['unsigned', 8, 'USINT'],
  ['unsigned', 16, 'UINT'],
  ['unsigned', 32, 'UDINT'],
  ['unsigned', 64, 'ULINT'],
  ['real', 32, 'REAL'],
  ['real', 64, 'LREAL'],
  ['time', 64, 'TIME'],
  ['ltime', 64, 'LTIME'],
  ['date', 64, 'DATE'],
  ['ldate', 64, 'LDATE'],
  ['tod', 64, 'TIME_OF_DAY'],
  ['ltod', 64, 'LTIME_OF_DAY'],
  ['dt', 64, 'DATE_AND_TIME'],
  ['ldt', 64, 'LDATE_AND_TIME'],
  ['char', 8, 'CHAR'],
  ['char', 16, 'WCHAR'],
]

const elementaries = new Map<string, Elementary>(
  rows.map(([kind, bits, name]) => [name, { kind: 'elementary', name, class: kind, bits }]),
)
const aliases: Readonly<Record<string, string>> = {
  TOD: 'TIME_OF_DAY',
  DT: 'DATE_AND_TIME',
  LTOD: 'LTIME_OF_DAY',
  LDT: 'LDATE_AND_TIME',
  D: 'DATE',
  LD: 'LDATE',
  T: 'TIME',
  LT: 'LTIME',
  S5TIME: 'TIME',
  S5T: 'TIME',
  DTL: 'DATE_AND_TIME',
  BIT: 'BOOL',
}

/** The elementary type of a name in upper case. */
export function elementary(name: string): Elementary | undefined {
  return elementaries.get(aliases[name] ?? name)
}

const must = (name: string): Elementary => elementaries.get(name)!
export const BOOL = must('BOOL')
export const BYTE = must('BYTE')
export const DWORD = must('DWORD')
export const SINT = must('SINT')
export const INT = must('INT')
export const DINT = must('DINT')
export const LINT = must('LINT')
export const ULINT = must('ULINT')
export const UDINT = must('UDINT')
export const REAL = must('REAL')
export const LREAL = must('LREAL')
export const TIME = must('TIME')
export const LTIME = must('LTIME')
export const DATE = must('DATE')
export const TOD = must('TIME_OF_DAY')
export const DT = must('DATE_AND_TIME')
export const UNKNOWN: Type = { kind: 'unknown' }
export const VOID: Type = { kind: 'void' }

/** How a type is named to people. */
export function typeName(type: Type): string {
  switch (type.kind) {
    case 'elementary':
      return type.name
    case 'string':
      return `${type.wide ? 'WSTRING' : 'STRING'}[${type.length}]`
    case 'array': {
      const bounds = type.dimensions.map(each => (each === undefined ? '*' : `${each.low}..${each.high}`)).join(', ')
      return `ARRAY[${bounds}] OF ${typeName(type.element)}`
    }
    case 'struct':
    case 'enum':
    case 'subrange':
    case 'interface':
      return type.name
    case 'pointer':
      return `POINTER TO ${typeName(type.to)}`
    case 'reference':
      return `REFERENCE TO ${typeName(type.to)}`
    case 'block':
      return type.pou.name
    case 'integerLiteral':
      return String(type.value)
    case 'realLiteral':
      return 'REAL'
    case 'null':
      return 'NULL'
    case 'void':
      return '-'
    case 'unknown':
      return '?'
  }
}

/** Smallest and largest value of an integer type (bit strings as unsigned). */
export function integerRange(type: Elementary): { low: bigint; high: bigint } | undefined {
  if (type.class === 'signed') return { low: -(1n << BigInt(type.bits - 1)), high: (1n << BigInt(type.bits - 1)) - 1n }
  if (type.class === 'unsigned' || type.class === 'bits' || type.class === 'bool')
    return { low: 0n, high: (1n << BigInt(type.bits)) - 1n }
  return undefined
}

/** Follows subranges, enumerations and references to what a value is made of. */
export function core(type: Type): Type {
  if (type.kind === 'subrange') return type.base
  if (type.kind === 'reference') return core(type.to)
  return type
}

/** The type that a literal takes where nothing else asks: the smallest of INT, DINT, LINT, ULINT that holds it. */
export function settle(type: Type): Type {
  if (type.kind === 'realLiteral') return REAL
  if (type.kind !== 'integerLiteral') return type
  for (const each of [INT, DINT, UDINT, LINT, ULINT]) {
    const { low, high } = integerRange(each)!
    if (type.value >= low && type.value <= high) return each
  }
  return LINT
}

/** Whether values of the type are held as bigint when run. */
export function isWide(type: Elementary): boolean {
  return type.bits === 64 && (type.class === 'bits' || type.class === 'signed' || type.class === 'unsigned')
}
