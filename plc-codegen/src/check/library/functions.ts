import type { Dialect } from '../../syntax/dialect.ts'

export interface StandardParameter {
  readonly name: string
  /** A type's name or a generic. */
  readonly type: string
  /** May repeat: IN1, IN2, … */
  readonly many: boolean
  readonly optional: boolean
}

export interface StandardFunction {
  readonly name: string
  readonly parameters: readonly StandardParameter[]
  /** A type's name; `@` for the type in which the generic arguments meet; `@IN` for that of one parameter. */
  readonly result: string
  /** Only in these dialects; everywhere where absent. */
  readonly dialects?: readonly Dialect[]
}

/**
 * Standard functions of IEC 61131-3:2013, tables 23-37, and what CODESYS and SCL add. A line is
 * `NAME(parameter:TYPE …) RESULT`; `*` repeats a parameter, `?` lets it be left out.
 */
const lines = `
ABS(IN:ANY_NUM) @
SQRT(IN:ANY_REAL) @ ; LN(IN:ANY_REAL) @ ; LOG(IN:ANY_REAL) @ ; EXP(IN:ANY_REAL) @
SIN(IN:ANY_REAL) @ ; COS(IN:ANY_REAL) @ ; TAN(IN:ANY_REAL) @ ; ASIN(IN:ANY_REAL) @ ; ACOS(IN:ANY_REAL) @ ; ATAN(IN:ANY_REAL) @
ATAN2(Y:ANY_REAL X:ANY_REAL) @
TRUNC(IN:ANY_REAL) DINT ; TRUNC_INT(IN:ANY_REAL) INT
EXPT(IN1:ANY_NUM IN2:ANY_NUM) @IN1
ADD(IN:ANY_MAGNITUDE*) @ ; MUL(IN:ANY_NUM*) @ ; SUB(IN1:ANY_MAGNITUDE IN2:ANY_MAGNITUDE) @ ; DIV(IN1:ANY_NUM IN2:ANY_NUM) @ ; MOD(IN1:ANY_INT IN2:ANY_INT) @
MOVE(IN:ANY) @
SHL(IN:ANY_BIT N:#INT) @IN ; SHR(IN:ANY_BIT N:#INT) @IN ; ROL(IN:ANY_BIT N:#INT) @IN ; ROR(IN:ANY_BIT N:#INT) @IN
AND(IN:ANY_BIT*) @ ; OR(IN:ANY_BIT*) @ ; XOR(IN:ANY_BIT*) @ ; NOT(IN:ANY_BIT) @
SEL(G:BOOL IN0:ANY IN1:ANY) @ ; MAX(IN:ANY_ELEMENTARY*) @ ; MIN(IN:ANY_ELEMENTARY*) @
LIMIT(MN:ANY_ELEMENTARY IN:ANY_ELEMENTARY MX:ANY_ELEMENTARY) @ ; MUX(K:#INT IN:ANY*) @
GT(IN:ANY_ELEMENTARY*) BOOL ; GE(IN:ANY_ELEMENTARY*) BOOL ; EQ(IN:ANY_ELEMENTARY*) BOOL ; LE(IN:ANY_ELEMENTARY*) BOOL ; LT(IN:ANY_ELEMENTARY*) BOOL ; NE(IN1:ANY_ELEMENTARY IN2:ANY_ELEMENTARY) BOOL
LEN(IN:ANY_STRING) INT ; LEFT(IN:ANY_STRING L:#INT) @IN ; RIGHT(IN:ANY_STRING L:#INT) @IN ; MID(IN:ANY_STRING L:#INT P:#INT) @IN
CONCAT(IN:ANY_STRING*) STRING ; INSERT(IN1:ANY_STRING IN2:ANY_STRING P:#INT) STRING ; DELETE(IN:ANY_STRING L:#INT P:#INT) @IN
REPLACE(IN1:ANY_STRING IN2:ANY_STRING L:#INT P:#INT) STRING ; FIND(IN1:ANY_STRING IN2:ANY_STRING) INT
ADD_TIME(IN1:TIME IN2:TIME) TIME ; SUB_TIME(IN1:TIME IN2:TIME) TIME ; MUL_TIME(IN1:TIME IN2:ANY_NUM) TIME ; DIV_TIME(IN1:TIME IN2:ANY_NUM) TIME
MULTIME(IN1:TIME IN2:ANY_NUM) TIME ; DIVTIME(IN1:TIME IN2:ANY_NUM) TIME
ADD_TOD_TIME(IN1:TOD IN2:TIME) TOD ; ADD_DT_TIME(IN1:DT IN2:TIME) DT ; SUB_DATE_DATE(IN1:DATE IN2:DATE) TIME ; SUB_TOD_TIME(IN1:TOD IN2:TIME) TOD
SUB_TOD_TOD(IN1:TOD IN2:TOD) TIME ; SUB_DT_TIME(IN1:DT IN2:TIME) DT ; SUB_DT_DT(IN1:DT IN2:DT) TIME ; CONCAT_DATE_TOD(IN1:DATE IN2:TOD) DT
ADD_LTIME(IN1:LTIME IN2:LTIME) LTIME ; SUB_LTIME(IN1:LTIME IN2:LTIME) LTIME ; MUL_LTIME(IN1:LTIME IN2:ANY_NUM) LTIME ; DIV_LTIME(IN1:LTIME IN2:ANY_NUM) LTIME
ADD_LTOD_LTIME(IN1:LTOD IN2:LTIME) LTOD ; ADD_LDT_LTIME(IN1:LDT IN2:LTIME) LDT ; SUB_LDATE_LDATE(IN1:LDATE IN2:LDATE) LTIME ; SUB_LTOD_LTIME(IN1:LTOD IN2:LTIME) LTOD
SUB_LTOD_LTOD(IN1:LTOD IN2:LTOD) LTIME ; SUB_LDT_LTIME(IN1:LDT IN2:LTIME) LDT ; SUB_LDT_LDT(IN1:LDT IN2:LDT) LTIME
CONCAT_DATE(YEAR:#INT MONTH:#INT DAY:#INT) DATE ; CONCAT_TOD(HOUR:#INT MINUTE:#INT SECOND:#INT MILLISECOND:#INT) TOD
CONCAT_DT(YEAR:#INT MONTH:#INT DAY:#INT HOUR:#INT MINUTE:#INT SECOND:#INT MILLISECOND:#INT) DT
`
/** Names that libraries of CODESYS and SCL use for functions of their own. */
const strictLines = `
DAY_OF_WEEK(IN:DATE) USINT ; IS_VALID(IN:ANY_REAL) BOOL ; IS_VALID_BCD(IN:ANY_BIT) BOOL ; LOWER_BOUND(ARR:ANY DIM:#INT) DINT ; UPPER_BOUND(ARR:ANY DIM:#INT) DINT
`
const codesysLines = `
ADR(IN:ANY) POINTER ; BITADR(IN:ANY) DWORD ; SIZEOF(IN:ANY) UDINT ; XSIZEOF(IN:ANY) UDINT ; INDEXOF(IN:ANY) INT ; TIME() TIME ; LTIME() LTIME
__ISVALIDREF(IN:ANY) BOOL ; REF(IN:ANY) POINTER
`
const sclLines = `
ROUND(IN:ANY_REAL) DINT ; CEIL(IN:ANY_REAL) DINT ; FLOOR(IN:ANY_REAL) DINT ; SQR(IN:ANY_REAL) @ ; FRAC(IN:ANY_REAL) @
IS_ARRAY(IN:ANY) BOOL ; CountOfElements(IN:ANY) UDINT
`

function read(text: string, dialects?: readonly Dialect[]): StandardFunction[] {
  return [...text.matchAll(/(\w+)\(([^)]*)\)\s*([@\w]+)/g)].map(([, name, list, result]) => ({
    name: name!.toUpperCase(),
    parameters: list!
      .split(' ')
      .filter(part => part !== '')
      .map(part => {
        const [parameter, type] = part.split(':')
        const clean = type!.replace(/[*?]$/, '').replace('#INT', 'ANY_INT')
        return { name: parameter!, type: clean, many: type!.endsWith('*'), optional: type!.endsWith('?') }
      }),
    result: result!,
    ...(dialects === undefined ? {} : { dialects }),
  }))
}

const bounds = new Set(['LOWER_BOUND', 'UPPER_BOUND'])
const table = new Map<string, StandardFunction>(
  [
    ...read(lines),
    ...read(strictLines, ['iec']).map(each =>
      bounds.has(each.name) ? { ...each, dialects: ['iec', 'codesys', 'scl'] as const } : each,
    ),
    ...read(codesysLines, ['codesys', 'scl']),
    ...read(sclLines, ['scl']),
  ].map(each => [each.name, each]),
)

/** Names of the functions that every dialect has. */
export const standardNames: readonly string[] = read(lines).map(each => each.name)

/** A parameter of type ANY_INT that counts (a shift, a length) takes no part in finding the common type. */
export const counting: ReadonlySet<string> = new Set([
  'N',
  'L',
  'P',
  'K',
  'DIM',
  'G',
  'YEAR',
  'MONTH',
  'DAY',
  'HOUR',
  'MINUTE',
  'SECOND',
  'MILLISECOND',
])

/**
 * What SCL has and other tools lack is known in CODESYS too, where a call fits it: requests and examples mix the two. A
 * call that does not fit belongs to a library of that name, so that it is no error.
 */
export function borrowedFunction(upper: string, dialect: Dialect, args: number): StandardFunction | undefined {
  const found = table.get(upper)
  return dialect === 'codesys' && found?.dialects?.length === 1 && found.parameters.length === args ? found : undefined
}

export function standardFunction(upper: string, dialect: Dialect): StandardFunction | undefined {
  const found = table.get(upper)
  return found?.dialects === undefined || found.dialects.includes(dialect) ? found : undefined
}
