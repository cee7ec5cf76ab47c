import { describe, expect, test } from 'vitest'
import { printText } from '../print/structured-text.ts'
import { problemTable } from '../problems.ts'
import { lex } from './lexer.ts'
import { parse } from './parser.ts'
import { lineStarts, positionAt } from './span.ts'

const body = (text: string) =>
  `FUNCTION_BLOCK F\nVAR a, b : BOOL; i : INT; x : REAL; END_VAR\n${text}\nEND_FUNCTION_BLOCK\n`

/** Errors as `CODE@line`. */
function errors(text: string, dialect: 'iec' | 'codesys' | 'scl' = 'iec'): string[] {
  const starts = lineStarts(text)
  return parse(text, dialect)
    .problems.filter(each => problemTable[each.code].severity === 'error')
    .map(each => `${each.code}@${positionAt(starts, each.span.start).line}`)
}

describe('faults are reported once, at their place', () => {
  test.each([
    ['missing THEN', body('IF a\n  b := TRUE;\nEND_IF;'), ['ST201@4']],
    ['missing END_IF', body('IF a THEN\n  b := TRUE;'), ['ST202@5']],
    ['missing END_IF inside a loop', body('FOR i := 0 TO 9 DO\nIF a THEN b := a;\nEND_FOR;'), ['ST202@5']],
    [
      'missing END_IF before a CASE label',
      body('CASE i OF\n1: IF a THEN b := a;\n2: b := FALSE;\nEND_CASE;'),
      ['ST202@5'],
    ],
    ['missing semicolon', body('a := b\nb := a;'), ['ST208@3']],
    ['stray bracket', body('a := b );\nb := a;'), ['ST205@3']],
    ['missing bracket', body('a := (b AND a;\nb := a;'), ['ST201@3']],
    ['equals for assignment', body('a = b;'), ['ST209@3']],
    ['number on the left', body('5 := i;\na := b;'), ['ST207@3']],
    ['END_IF too many', body('a := b;\nEND_IF;\nb := a;'), ['ST203@4']],
    ['ELSE without IF', body('ELSE\na := b;'), ['ST203@3']],
    [
      'missing END_VAR before statements',
      'FUNCTION_BLOCK F\nVAR\n a : BOOL;\na := TRUE;\nEND_FUNCTION_BLOCK',
      ['ST202@4'],
    ],
    [
      'missing END_VAR before a section',
      'FUNCTION_BLOCK F\nVAR_INPUT\n a : BOOL;\nVAR\n b : BOOL;\nEND_VAR\nEND_FUNCTION_BLOCK',
      ['ST202@4'],
    ],
    ['missing colon', 'FUNCTION_BLOCK F\nVAR\n a BOOL;\n b : BOOL;\nEND_VAR\nEND_FUNCTION_BLOCK', ['ST201@3']],
    [
      'a keyword as a name',
      'FUNCTION_BLOCK F\nVAR\n by : BYTE;\n b : BOOL;\nEND_VAR\nb := TRUE;\nEND_FUNCTION_BLOCK',
      ['ST206@3'],
    ],
    ['missing type', 'FUNCTION_BLOCK F\nVAR\n a : ;\n b : BOOL;\nEND_VAR\nEND_FUNCTION_BLOCK', ['ST213@3']],
    ['missing END_FUNCTION_BLOCK', 'FUNCTION_BLOCK F\nVAR a : BOOL; END_VAR\na := TRUE;\n', ['ST202@4']],
    ['statement outside a unit', 'a := 1;\nFUNCTION_BLOCK F\nEND_FUNCTION_BLOCK', ['ST214@1']],
    ['unknown character', body('a := b ? a;'), ['ST101@3']],
    ['string not closed', body("a := 'abc;\nb := a;"), ['ST103@3']],
    ['comment not closed', 'FUNCTION_BLOCK F\nEND_FUNCTION_BLOCK\n(* abc', ['ST102@3']],
    ['literal without sense', body('i := 2#12;'), ['ST104@3']],
    ['date that is none', body('i := D#2026-02-30;'), ['ST104@3']],
    ['empty CASE label', body('CASE i OF\n: a := b;\nEND_CASE;'), ['ST212@4']],
    ['expression missing', body('a := ;\nb := a;'), ['ST204@3']],
  ])('%s', (_, text, wanted) => {
    expect(errors(text)).toEqual(wanted)
  })

  test('several faults are found in one pass', () => {
    expect(errors(body('a := b\nb := (a;\nIF a\n i := 1;\nEND_IF;\ni := 2;'))).toEqual([
      'ST208@3',
      'ST201@4',
      'ST201@6',
    ])
  })

  test('nesting beyond any sense is refused, not crashed on', () => {
    expect(errors(body(`a := ${'('.repeat(5000)}b;`))[0]).toBe('ST211@3')
    expect(errors(body('IF a THEN '.repeat(5000)))).toContain('ST211@3')
  })
})

describe('what the field writes is read without fault', () => {
  test.each([
    ['nested comments', 'codesys', body('(* a (* b *) c *) a := b; /* x */ // y')],
    ['a stray comment mark', 'codesys', body('(* a (* b *) a := b;')],
    ['typed literals', 'iec', body('x := REAL#1.5; i := INT#-5; i := 16#FF; b := BOOL#1; i := 1_000;')],
    [
      'times and dates',
      'iec',
      body(
        't := T#1h2m3s4ms; t := TIME#-1.5s; d := D#2026-01-31; dt := DT#2026-01-31-12:00:00; tod := TOD#23:59:59.5;',
      ),
    ],
    ['string escapes', 'iec', body("s := 'a$'b$N$0D$$';")],
    ['calls with outputs', 'iec', body('f(IN := a, NOT Q => b, ET => t);')],
    ['pointers', 'codesys', body('p := ADR(i); p^ := 5; q^[i] := 3; r^.x := 1;')],
    ['bits and addresses', 'codesys', body('a := i.3; %QX0.0 := a; b := %IX1.7;')],
    ['set and reset', 'codesys', body('a S= b; a R= b; r REF= i;')],
    ['chained assignment', 'codesys', body('a := b := TRUE;')],
    ['END without semicolon', 'codesys', body('IF a THEN b := a; END_IF\nb := a;')],
    [
      'loops',
      'iec',
      body(
        'FOR i := 0 TO 10 BY 2 DO CONTINUE; END_FOR; WHILE a DO EXIT; END_WHILE; REPEAT b := a; UNTIL a END_REPEAT;',
      ),
    ],
    ['CASE with ranges and names', 'iec', body('CASE i OF 1, 3..5, RED: a := b; -1: ; ELSE b := a; END_CASE;')],
    [
      'methods and properties',
      'codesys',
      'FUNCTION_BLOCK F EXTENDS G IMPLEMENTS I, J\nVAR v : INT; END_VAR\nMETHOD PUBLIC M : INT\nVAR_INPUT a : INT; END_VAR\nM := a;\nEND_METHOD\nPROPERTY P : INT\nGET\nP := v;\nEND_GET\nSET\nv := P;\nEND_SET\nEND_PROPERTY\nTHIS^.M(a := 1); SUPER^();\nEND_FUNCTION_BLOCK',
    ],
    [
      'types',
      'iec',
      'TYPE\n E : (A, B := 5, C) INT := B;\n S : STRUCT x : REAL := 1.0; y : ARRAY[0..1, 1..2] OF INT := [1, 2, 2(0)]; END_STRUCT;\n R : INT (0..100);\n P : POINTER TO S;\nEND_TYPE',
    ],
    [
      'instances with initial values',
      'codesys',
      "PROGRAM P\nVAR t : TON := (PT := T#1s); u : TON(PT := T#2s); a AT %IX0.0 : BOOL; s : STRING(20) := 'x'; END_VAR\nEND_PROGRAM",
    ],
    [
      'interfaces and namespaces',
      'codesys',
      'NAMESPACE A.B\nINTERFACE I EXTENDS J\nMETHOD M : BOOL\nEND_METHOD\nEND_INTERFACE\nEND_NAMESPACE',
    ],
    [
      'configuration',
      'iec',
      'CONFIGURATION C\nVAR_GLOBAL g : INT; END_VAR\nRESOURCE R ON CPU\nTASK T(INTERVAL := T#10ms, PRIORITY := 1);\nPROGRAM P1 WITH T : P;\nEND_RESOURCE\nEND_CONFIGURATION',
    ],
    [
      'SCL',
      'scl',
      'FUNCTION_BLOCK "Pump Control"\n{ S7_Optimized_Access := \'TRUE\' }\nVERSION : 0.1\nVAR_INPUT\n  start { S7_HMI := \'x\' } : Bool;\nEND_VAR\nVAR_TEMP t : Int; END_VAR\nBEGIN\nREGION Start of it\n  #t := #t + 1;\n  "DB".value := #start;\n  IF #start THEN #t += 2; END_IF;\nEND_REGION\nEND_FUNCTION_BLOCK',
    ],
    [
      'a data block',
      'scl',
      'DATA_BLOCK "D"\nVERSION : 0.1\nSTRUCT\n a : Int := 3;\nEND_STRUCT;\nBEGIN\n a := 4;\nEND_DATA_BLOCK',
    ],
    [
      'soft words as names',
      'codesys',
      'FUNCTION_BLOCK F\nVAR step, action, method, at, r, s, get, interval : INT; END_VAR\nstep := action + method; s := r;\nEND_FUNCTION_BLOCK',
    ],
    [
      'a byte order mark and CRLF',
      'iec',
      '\ufeffFUNCTION_BLOCK F\r\nVAR a : INT; END_VAR\r\na := 1;\r\nEND_FUNCTION_BLOCK\r\n',
    ],
    ['Chinese names', 'codesys', 'FUNCTION_BLOCK 泵控制\nVAR 液位 : REAL; END_VAR\n液位 := 1.0;\nEND_FUNCTION_BLOCK'],
  ] as const)('%s', (_, dialect, text) => {
    expect(errors(text, dialect)).toEqual([])
  })
})

describe('spans', () => {
  test('every statement span cuts its own text out', () => {
    const text = body('a := b AND NOT a;\nIF a THEN b := a; END_IF;')
    const [pou] = parse(text, 'iec').unit.items
    const found = pou?.kind === 'pou' ? pou.body.map(each => text.slice(each.span.start, each.span.end)) : []
    expect(found).toEqual(['a := b AND NOT a;', 'IF a THEN b := a; END_IF;'])
  })

  test('lines end with LF, CRLF and CR', () => {
    expect(lineStarts('a\nb\r\nc\rd')).toEqual([0, 2, 5, 7])
    expect(positionAt([0, 2, 5, 7], 6)).toEqual({ line: 3, column: 2 })
  })

  test('tokens and trivia cover the text without overlap', () => {
    const text = body("(* c *) a := b; // d\n{attribute 'x'} i := 16#FF;")
    const { tokens, trivia } = lex(text, 'iec')
    const all = [...tokens, ...trivia].sort((x, y) => x.start - y.start)
    all.reduce((end, each) => {
      expect(each.start).toBeGreaterThanOrEqual(end)
      expect(text.slice(end, each.start).trim()).toBe('')
      return each.end
    }, 0)
  })
})

test('a configuration keeps its tasks, resources and connections, printed and read again', () => {
  const text = `CONFIGURATION C
  VAR_GLOBAL
    g : INT;
  END_VAR
  RESOURCE R ON CPU
    TASK T(SINGLE := g > 3, INTERVAL := T#10ms, PRIORITY := 1);
    PROGRAM RETAIN P1 WITH T : P(i := g, o => g);
    PROGRAM P2 : P;
  END_RESOURCE
END_CONFIGURATION
`
  const { unit, problems } = parse(text, 'iec')
  expect(problems).toEqual([])
  expect(printText(unit)).toBe(text)
})
