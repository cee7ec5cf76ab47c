import type { Dialect } from '../../syntax/dialect.ts'

/** Wrong programs of one code, each with the correct program beside it. «…» marks where the fault must be told. */
export interface Negatives {
  readonly code: string
  readonly dialect?: Dialect
  /** Bodies of a block with the declarations below, or whole texts. */
  readonly pairs: readonly (readonly [wrong: string, right: string])[]
}

const types =
  'TYPE S : STRUCT f : INT; g : REAL; END_STRUCT; E : (Red, Green); END_TYPE\nFUNCTION Twice : INT VAR_INPUT n : INT; END_VAR Twice := n * 2; END_FUNCTION\nFUNCTION Fill : BOOL VAR_IN_OUT z : INT; END_VAR z := 1; Fill := TRUE; END_FUNCTION'
const declarations = `VAR_INPUT inp : INT; go : BOOL; END_VAR
VAR_OUTPUT q, q2 : BOOL; n : INT; END_VAR
VAR b, b2 : BOOL; i, j, k : INT; d : DINT; u : UINT; x, y : REAL; l : LREAL; t, t2 : TIME; s : STRING[10]; w : WORD; bt : BYTE; ll : LINT;
a : ARRAY[1..5] OF INT; m : ARRAY[0..1, 0..2] OF REAL; p : POINTER TO INT; tm : TON; tf : TOF; st : S; e : E; r : R_TRIG; END_VAR
VAR CONSTANT K3 : INT := 3; END_VAR`

/** A body inside the declarations that all cases share; a whole text stays as it is. */
export function programOf(text: string): string {
  const whole = /^[«\s]*(?:TYPE|FUNCTION|FUNCTION_BLOCK|PROGRAM|VAR_GLOBAL|INTERFACE)\b/.test(text)
  return whole ? text : `${types}\nFUNCTION_BLOCK F\n${declarations}\n${text}\nEND_FUNCTION_BLOCK`
}
