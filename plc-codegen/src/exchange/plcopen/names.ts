/** Names of PLCopen XML, TC6 2.01. Additions by CODESYS are written and read because other tools know them. */
import type { SectionKind } from '../../syntax/tree.ts'

export const NAMESPACE = 'http://www.plcopen.org/xml/tc6_0201'
export const XHTML = 'http://www.w3.org/1999/xhtml'
const CODESYS = 'http://www.3s-software.com/plcopenxml'
/** The declaration as text: keeps comments, pragmas and what TC6 has no element for. */
export const PLAIN_TEXT = `${CODESYS}/interfaceasplaintext`
export const METHOD = `${CODESYS}/method`
export const PROPERTY = `${CODESYS}/property`
export const INHERITANCE = `${CODESYS}/pouinheritance`
/** Units for which TC6 has no element at all, as Structured Text. */
export const UNIT_TEXT = 'urn:millwright:plcopenxml:structured-text'

/** Elements of TC6 for types; all other types are `derived`. */
export const elementaryNames: ReadonlySet<string> = new Set(
  'BOOL BYTE WORD DWORD LWORD SINT INT DINT LINT USINT UINT UDINT ULINT REAL LREAL TIME DATE DT TOD'.split(' '),
)
export const aliases: Readonly<Record<string, string>> = { TIME_OF_DAY: 'TOD', DATE_AND_TIME: 'DT' }

export const sectionElements: Readonly<Partial<Record<SectionKind, string>>> = {
  VAR: 'localVars',
  VAR_TEMP: 'tempVars',
  VAR_INPUT: 'inputVars',
  VAR_OUTPUT: 'outputVars',
  VAR_IN_OUT: 'inOutVars',
  VAR_EXTERNAL: 'externalVars',
  VAR_GLOBAL: 'globalVars',
}
export const elementSections: Readonly<Record<string, SectionKind>> = Object.fromEntries(
  Object.entries(sectionElements).map(([section, name]) => [name, section as SectionKind]),
)
export const qualifierAttributes: Readonly<Record<string, string>> = {
  CONSTANT: 'constant',
  RETAIN: 'retain',
  NON_RETAIN: 'nonretain',
  PERSISTENT: 'persistent',
}
