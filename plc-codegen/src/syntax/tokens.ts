import type { Span } from './span.ts'

export type TokenKind =
  | 'name'
  | 'keyword'
  | 'integer'
  | 'real'
  /** A literal with a type prefix: `T#1s`, `BYTE#16#0F`, `COLOUR#red`. */
  | 'typed'
  | 'string'
  | 'wstring'
  | 'address'
  | 'operator'
  | 'bad'
  | 'end'

export interface Token extends Span {
  readonly kind: TokenKind
  /** As written (an SCL name without its `#` or quotes). */
  readonly text: string
  /** Keywords, names and operators in upper case; empty for literals, so that no literal is mistaken for a keyword. */
  readonly upper: string
}

export interface Trivia extends Span {
  readonly kind: 'comment' | 'pragma'
}

const words = `IF THEN ELSIF ELSE END_IF CASE OF END_CASE FOR TO BY DO END_FOR WHILE END_WHILE REPEAT UNTIL END_REPEAT
EXIT CONTINUE RETURN GOTO JMP AND OR XOR NOT MOD AND_THEN OR_ELSE TRUE FALSE ARRAY STRUCT END_STRUCT UNION END_UNION
TYPE END_TYPE VAR VAR_INPUT VAR_OUTPUT VAR_IN_OUT VAR_TEMP VAR_GLOBAL VAR_EXTERNAL VAR_CONFIG VAR_ACCESS VAR_INST VAR_STAT
END_VAR FUNCTION END_FUNCTION FUNCTION_BLOCK END_FUNCTION_BLOCK PROGRAM END_PROGRAM CLASS END_CLASS END_INTERFACE
END_METHOD END_PROPERTY END_ACTION END_GET END_SET END_NAMESPACE CONFIGURATION END_CONFIGURATION END_RESOURCE
ORGANIZATION_BLOCK END_ORGANIZATION_BLOCK DATA_BLOCK END_DATA_BLOCK END_REGION`

/** Words that can never be a name. All others (STEP, AT, METHOD, STRING …) are told by their place. */
export const keywords: ReadonlySet<string> = new Set(words.split(/\s+/))
