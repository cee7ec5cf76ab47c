import { type Dialect, dialects } from '../syntax/dialect.ts'
import { core, type Type } from './types.ts'

/** The generic types of IEC 61131-3:2013, figure 5. */
export type Generic =
  | 'ANY'
  | 'ANY_ELEMENTARY'
  | 'ANY_MAGNITUDE'
  | 'ANY_NUM'
  | 'ANY_REAL'
  | 'ANY_INT'
  | 'ANY_BIT'
  | 'ANY_STRING'
  | 'ANY_DATE'
  | 'ANY_DURATION'

export function isGeneric(name: string): name is Generic {
  return name === 'ANY' || name.startsWith('ANY_')
}

/** Whether a value of the type may stand where the generic is asked. */
export function accepts(generic: Generic, type: Type, dialect: Dialect): boolean {
  const { bitArithmetic, looseIntegers } = dialects[dialect]
  const t = core(type)
  if (t.kind === 'unknown') return true
  if (generic === 'ANY') return t.kind !== 'void'
  if (t.kind === 'enum')
    return (
      looseIntegers &&
      (generic === 'ANY_INT' ||
        generic === 'ANY_NUM' ||
        generic === 'ANY_ELEMENTARY' ||
        generic === 'ANY_MAGNITUDE' ||
        generic === 'ANY_BIT')
    )
  if (t.kind === 'pointer')
    return looseIntegers && generic !== 'ANY_STRING' && generic !== 'ANY_REAL' && generic !== 'ANY_DATE'
  if (t.kind === 'integerLiteral')
    return generic !== 'ANY_STRING' && generic !== 'ANY_DATE' && generic !== 'ANY_DURATION'
  if (t.kind === 'realLiteral')
    return (
      generic === 'ANY_REAL' || generic === 'ANY_NUM' || generic === 'ANY_MAGNITUDE' || generic === 'ANY_ELEMENTARY'
    )
  if (t.kind === 'string') return generic === 'ANY_STRING' || generic === 'ANY_ELEMENTARY'
  if (t.kind !== 'elementary') return false
  const integer = t.class === 'signed' || t.class === 'unsigned' || (bitArithmetic && t.class === 'bits')
  switch (generic) {
    case 'ANY_ELEMENTARY':
      return true
    case 'ANY_MAGNITUDE':
      return integer || t.class === 'real' || t.class === 'time' || t.class === 'ltime'
    case 'ANY_NUM':
      return integer || t.class === 'real'
    case 'ANY_REAL':
      return t.class === 'real' || (looseIntegers && integer)
    case 'ANY_INT':
      return integer
    case 'ANY_BIT':
      return t.class === 'bits' || t.class === 'bool' || (looseIntegers && integer)
    case 'ANY_STRING':
      return t.class === 'char'
    case 'ANY_DATE':
      return /^l?(?:date|tod|dt)$/.test(t.class)
    case 'ANY_DURATION':
      return t.class === 'time' || t.class === 'ltime'
  }
}
