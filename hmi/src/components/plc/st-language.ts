/** Highlighting of Structured Text in the editor, from the words of IEC 61131-3. */
import { StreamLanguage, type StringStream } from '@codemirror/language'

const WORDS = new Set(
  (
    'ABSTRACT AND AND_THEN ARRAY AT BY CASE CONSTANT CONTINUE DO ELSE ELSIF END_CASE END_FOR END_FUNCTION END_FUNCTION_BLOCK END_IF ' +
    'END_METHOD END_PROGRAM END_REPEAT END_STRUCT END_TYPE END_VAR END_WHILE EXIT EXTENDS FINAL FOR FUNCTION FUNCTION_BLOCK IF IMPLEMENTS ' +
    'INTERFACE METHOD MOD NAMESPACE NOT OF OR OR_ELSE POINTER PROGRAM PROPERTY REFERENCE REF_TO REPEAT RETAIN RETURN STRUCT SUPER THEN THIS ' +
    'TO TYPE UNTIL VAR VAR_EXTERNAL VAR_GLOBAL VAR_INPUT VAR_IN_OUT VAR_OUTPUT VAR_TEMP WHILE XOR'
  ).split(' '),
)
const TYPES = new Set(
  (
    'BOOL BYTE WORD DWORD LWORD SINT INT DINT LINT USINT UINT UDINT ULINT REAL LREAL TIME LTIME DATE LDATE TOD LTOD DT LDT TIME_OF_DAY ' +
    'DATE_AND_TIME STRING WSTRING CHAR WCHAR TON TOF TP CTU CTD CTUD R_TRIG F_TRIG SR RS'
  ).split(' '),
)
const ATOMS = new Set(['TRUE', 'FALSE', 'NULL'])

interface State {
  /** Nesting of (* comments *). */
  depth: number
}

function comment(stream: StringStream, state: State): string {
  while (!stream.eol()) {
    if (stream.match('(*')) state.depth += 1
    else if (stream.match('*)')) {
      state.depth -= 1
      if (state.depth === 0) break
    } else stream.next()
  }
  return 'comment'
}

export const structuredText = StreamLanguage.define<State>({
  name: 'structured-text',
  startState: () => ({ depth: 0 }),
  token(stream, state) {
    if (state.depth > 0) return comment(stream, state)
    if (stream.eatSpace()) return null
    if (stream.match('(*')) {
      state.depth = 1
      return comment(stream, state)
    }
    if (stream.match('//')) {
      stream.skipToEnd()
      return 'comment'
    }
    if (stream.match(/^\{[^}]*\}?/)) return 'meta'
    if (stream.match(/^'(\$.|[^'$])*'?/) || stream.match(/^"(\$.|[^"$])*"?/)) return 'string'
    if (stream.match(/^%[IQM][XBWDL]?[\d.]+/i)) return 'atom'
    if (stream.match(/^(T|TIME|LT|D|DATE|TOD|DT)#[\w.:-]+/i) || stream.match(/^(\w+#)?\d[\w.#]*/)) return 'number'
    const word = stream.match(/^[A-Za-z_]\w*/)
    if (word !== null && word !== true && word !== false) {
      const upper = word[0].toUpperCase()
      if (WORDS.has(upper)) return 'keyword'
      if (TYPES.has(upper)) return 'typeName'
      return ATOMS.has(upper) ? 'atom' : 'variableName'
    }
    stream.next()
    return 'operator'
  },
  languageData: { commentTokens: { line: '//', block: { open: '(*', close: '*)' } } },
})
