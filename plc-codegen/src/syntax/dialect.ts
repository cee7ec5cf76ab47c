/**
 * Dialects are rows of one table, never forks of the code: IEC 61131-3:2013 as written, CODESYS/TwinCAT, Siemens SCL.
 */
export type Dialect = 'iec' | 'codesys' | 'scl'

export interface DialectRow {
  /** `"name"` is a name (SCL), not a WSTRING literal. */
  readonly quotedNames: boolean
  /** A block's END_… may stand without its semicolon (reported as a warning). */
  readonly looseBlockEnd: boolean
  /** Integers and bit strings convert into one another; what may lose a value is a warning, not an error. */
  readonly looseIntegers: boolean
  /** BYTE, WORD … take part in arithmetic as unsigned integers. */
  readonly bitArithmetic: boolean
  /** Characters of a STRING without a length (IEC leaves it open; CODESYS 80, Siemens 254). */
  readonly stringLength: number
}

export const dialects: Readonly<Record<Dialect, DialectRow>> = {
  iec: { quotedNames: false, looseBlockEnd: false, looseIntegers: false, bitArithmetic: false, stringLength: 254 },
  codesys: { quotedNames: false, looseBlockEnd: true, looseIntegers: true, bitArithmetic: true, stringLength: 80 },
  scl: { quotedNames: true, looseBlockEnd: true, looseIntegers: true, bitArithmetic: true, stringLength: 254 },
}

const sclSigns =
  /^\s*(?:ORGANIZATION_BLOCK|DATA_BLOCK|BEGIN|REGION)\b|^\s*(?:FUNCTION|FUNCTION_BLOCK|TYPE)\s+"|(?:^|[^\w'"])#[A-Za-z_]\w*\s*(?::=|[=<>+\-*/.[),;])/im

/** Guesses the dialect of a text; what shows no sign of SCL is read by the most tolerant table, CODESYS. */
export function recogniseDialect(text: string): Dialect {
  return sclSigns.test(text) ? 'scl' : 'codesys'
}
