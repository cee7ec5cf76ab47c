import type { TypeNode } from '../../syntax/tree.ts'

/** Standard blocks under the names that TIA Portal gives to instances of their own. */
export const sclBlocks: Readonly<Record<string, string>> = {
  TON: 'TON_TIME',
  TOF: 'TOF_TIME',
  TP: 'TP_TIME',
  LTON: 'TON_LTIME',
  LTOF: 'TOF_LTIME',
  LTP: 'TP_LTIME',
  CTU: 'CTU_INT',
  CTD: 'CTD_INT',
  CTUD: 'CTUD_INT',
}

/** The same the other way, in upper case. */
export const iecBlocks: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(sclBlocks).map(([iec, scl]) => [scl, iec])),
  IEC_TIMER: 'TON',
  IEC_COUNTER: 'CTUD',
}

/** What SCL has no declaration for, or undefined. */
export function unknownToScl(type: TypeNode): string | undefined {
  switch (type.kind) {
    case 'arrayType':
      return unknownToScl(type.element)
    case 'pointerType':
      return 'POINTER TO'
    case 'referenceType':
      return 'REFERENCE TO'
    case 'enumType':
      return '(…)'
    case 'subrangeType':
      return `${type.base} (…)`
    case 'namedType':
      return /^(?:SR|RS)$/i.test(type.name) ? type.name.toUpperCase() : undefined
    default:
      return undefined
  }
}
