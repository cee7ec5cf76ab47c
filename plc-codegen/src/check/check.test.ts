import { describe, expect, test } from 'vitest'
import type { Dialect } from '../syntax/dialect.ts'
import { checkSources } from './check-sources.ts'

const declarations = `VAR b, b2 : BOOL; i, j : INT; d : DINT; u : UINT; x : REAL; y : LREAL; t : TIME; s : STRING[10]; w : WORD; bt : BYTE; l : LINT;
a : ARRAY[1..5] OF INT; m : ARRAY[0..1, 0..2] OF REAL; p : POINTER TO INT; tm : TON; st : S; e : E; r : R_TRIG; END_VAR
VAR CONSTANT K : INT := 3; END_VAR
VAR_INPUT inp : INT; END_VAR`
const types =
  'TYPE S : STRUCT f : INT; g : REAL; END_STRUCT; E : (Red, Green); END_TYPE\nFUNCTION Twice : INT VAR_INPUT n : INT; END_VAR Twice := n * 2; END_FUNCTION\nFUNCTION Fill : BOOL VAR_IN_OUT z : INT; END_VAR z := 1; Fill := TRUE; END_FUNCTION'
const program = (body: string) => `${types}\nFUNCTION_BLOCK F\n${declarations}\n${body}\nEND_FUNCTION_BLOCK`

/** Codes of errors and warnings (notices and unused variables are left out). */
function codes(text: string, dialect: Dialect = 'iec'): string[] {
  return checkSources([{ file: 'f.st', text }], { dialect })
    .filter(each => each.severity !== 'notice')
    .map(each => each.code)
}

/** Code, wrong statement, its correct twin, dialect. */
const bodies: readonly (readonly [string, string, string, Dialect?])[] = [
  ['ST401', 'b := 1.5;', 'x := 1.5;'],
  ['ST401', "b := 'abc';", "s := 'abc';"],
  ['ST401', 'i := x;', 'x := i;'],
  ['ST401', 'i := d;', 'd := i;'],
  ['ST401', 'u := i;', 'd := u;'],
  ['ST401', 't := 5;', 't := T#5s;'],
  ['ST401', 'b := i;', 'b := i <> 0;'],
  ['ST401', 'i := b;', 'i := SEL(b, 0, 1);'],
  ['ST401', 'i := w;', 'i := WORD_TO_INT(w);'],
  ['ST401', 's := i;', 's := INT_TO_STRING(i);'],
  ['ST401', 'e := i;', 'e := Green;'],
  ['ST401', 'st := i;', 'st.f := i;'],
  ['ST401', 'FOR i := 1 TO x DO j := i; END_FOR;', 'FOR i := 1 TO j DO d := i; END_FOR;'],
  ['ST402', 'i := d;', 'i := DINT_TO_INT(d);', 'codesys'],
  ['ST402', 'x := y;', 'x := LREAL_TO_REAL(y);', 'codesys'],
  ['ST403', 'b := b + b2;', 'i := i + j;'],
  ['ST403', 'i := i + b;', 'i := i + 1;'],
  ['ST403', 's := s + s;', 's := CONCAT(s, s);'],
  ['ST403', 'b := NOT x;', 'b := NOT b2;'],
  ['ST403', 'x := x MOD 2.0;', 'i := i MOD 2;'],
  ['ST403', 'b := b AND i;', 'b := b AND i > 0;'],
  ['ST403', 'w := w + w;', 'w := w OR w;'],
  ['ST403', 'b := t > i;', 'b := t > T#1s;'],
  ['ST403', 'b := st = st;', 'b := st.f = st.f;'],
  ['ST403', 't := t * t;', 't := t * 2;'],
  ['ST404', 'IF i THEN j := 1; END_IF;', 'IF i > 0 THEN j := 1; END_IF;'],
  ['ST404', 'WHILE x DO x := 0.0; END_WHILE;', 'WHILE x > 1.0 DO x := 0.0; END_WHILE;'],
  ['ST404', 'REPEAT i := i + 1; UNTIL i END_REPEAT;', 'REPEAT i := i + 1; UNTIL i > 3 END_REPEAT;'],
  ['ST405', "i := ABS('x');", 'i := ABS(j);'],
  ['ST405', 'i := Twice(x);', 'i := Twice(j);'],
  ['ST405', 'tm(IN := i, PT := t);', 'tm(IN := b, PT := t);'],
  ['ST405', 'i := LEN(j);', 'i := LEN(s);'],
  ['ST405', 'x := SIN(b);', 'x := SIN(x);'],
  ['ST405', 'i := DINT_TO_INT(s);', 'i := STRING_TO_INT(s);'],
  ['ST405', 'b := Fill(z := x);', 'b := Fill(z := i);'],
  ['ST405', 'tm(IN := b, PT := t, Q => i);', 'tm(IN := b, PT := t, Q => b2);'],
  ['ST406', 'i := Twice(1, 2);', 'i := Twice(1);'],
  ['ST406', 'x := SQRT(x, x);', 'x := SQRT(x);'],
  ['ST407', 'i := Twice();', 'i := Twice(n := 1);'],
  ['ST407', 'b := Fill();', 'b := Fill(z := i);'],
  ['ST407', 'i := LIMIT(1, i);', 'i := LIMIT(1, i, 5);'],
  ['ST408', 'tm(IM := b);', 'tm(IN := b);'],
  ['ST408', 'i := Twice(k := 1);', 'i := Twice(n := 1);'],
  ['ST408', 'tm(IN => b);', 'tm(Q => b);'],
  ['ST409', 'i(1);', 'tm(IN := b);'],
  ['ST410', 'i := a[1, 2];', 'x := m[1, 2];'],
  ['ST410', 'i := j[1];', 'i := a[1];'],
  ['ST411', 'i := a[x];', 'i := a[j];'],
  ['ST411', 'i := a[b];', 'i := a[1];'],
  ['ST412', 'i := j.f;', 'i := st.f;'],
  ['ST413', 'i := j^;', 'i := p^;'],
  ['ST414', 'bt := 256;', 'bt := 255;'],
  ['ST414', 'i := 40000;', 'd := 40000;'],
  ['ST414', 'i := INT#32768;', 'i := INT#32767;'],
  ['ST414', 'u := -1;', 'i := -1;'],
  ['ST415', 'b := w.16;', 'b := w.15;'],
  ['ST415', 'b := x.1;', 'b := w.1;'],
  ['ST416', 'b := Fill(z := i + 1);', 'b := Fill(z := a[2]);'],
  ['ST419', 'TON(IN := b);', 'tm(IN := b);'],
  ['ST420', 'b := tm(IN := b);', 'tm(IN := b); b := tm.Q;'],
  ['ST420', 'i := Twice;', 'i := Twice(1);'],
  ['ST422', 'i := a[6];', 'i := a[5];'],
  ['ST422', 'x := m[2, 0];', 'x := m[1, 0];'],
  ['ST423', 'i := i / 0;', 'i := i / 2;'],
  ['ST423', 'i := i MOD 0;', 'i := i MOD K;'],
  ['ST424', "s := '12345678901';", "s := '1234567890';"],
  ['ST305', 'i := st.h;', 'i := st.f;'],
  ['ST305', 'b := tm.R;', 'b := tm.Q;'],
  ['ST305', 'e := E#Blue;', 'e := E#Red;'],
  ['ST501', 'EXIT;', 'WHILE b DO EXIT; END_WHILE;'],
  ['ST501', 'CONTINUE;', 'FOR i := 1 TO 3 DO CONTINUE; END_FOR;'],
  ['ST502', 'K := 1;', 'i := K;'],
  ['ST503', 'Twice := 1;', 'i := Twice(1);'],
  ['ST503', 'Red := 1;', 'e := Red;'],
  [
    'ST504',
    'CASE i OF 1: j := 1; 1: j := 2; ELSE j := 0; END_CASE;',
    'CASE i OF 1: j := 1; 2: j := 2; ELSE j := 0; END_CASE;',
  ],
  ['ST505', 'FOR x := 1 TO 3 DO j := 1; END_FOR;', 'FOR i := 1 TO 3 DO j := 1; END_FOR;'],
  ['ST506', 'GOTO nowhere;', 'GOTO here; here: i := 1;'],
  ['ST507', 'FOR i := 1 TO 3 BY 0 DO j := 1; END_FOR;', 'FOR i := 3 TO 1 BY -1 DO j := 1; END_FOR;'],
  ['ST508', 'CASE x OF 1: j := 1; END_CASE;', 'CASE e OF Red: j := 1; Green: j := 2; END_CASE;'],
  ['ST307', 'CASE i OF 5..1: j := 1; ELSE j := 0; END_CASE;', 'CASE i OF 1..5: j := 1; ELSE j := 0; END_CASE;'],
  ['ST603', 'WHILE b DO EXIT; i := 1; END_WHILE;', 'WHILE b DO i := 1; EXIT; END_WHILE;'],
  ['ST603', 'RETURN; i := 1;', 'IF b THEN RETURN; END_IF; i := 1;'],
  ['ST605', 'b := x = 1.5;', 'b := ABS(x - 1.5) < 0.01;'],
  ['ST606', 'inp := 1;', 'i := inp;'],
  ['ST607', 'FOR i := 1 TO 3 DO i := i + 1; END_FOR;', 'FOR i := 1 TO 3 DO j := i + 1; END_FOR;'],
  ['ST609', 'IF TRUE THEN i := 1; END_IF;', 'IF b THEN i := 1; END_IF;'],
  ['ST610', 'i := i;', 'i := j;'],
]

/** Code, wrong text, its correct twin. */
const texts: readonly (readonly [string, string, string])[] = [
  [
    'ST301',
    'PROGRAM P VAR a : INT; A : BOOL; END_VAR END_PROGRAM',
    'PROGRAM P VAR a : INT; c : BOOL; END_VAR END_PROGRAM',
  ],
  [
    'ST301',
    'TYPE S : STRUCT f : INT; f : INT; END_STRUCT; END_TYPE',
    'TYPE S : STRUCT f : INT; g : INT; END_STRUCT; END_TYPE',
  ],
  [
    'ST306',
    'FUNCTION_BLOCK A END_FUNCTION_BLOCK FUNCTION_BLOCK A END_FUNCTION_BLOCK',
    'FUNCTION_BLOCK A END_FUNCTION_BLOCK FUNCTION_BLOCK B END_FUNCTION_BLOCK',
  ],
  [
    'ST307',
    'PROGRAM P VAR a : ARRAY[5..1] OF INT; END_VAR END_PROGRAM',
    'PROGRAM P VAR a : ARRAY[1..5] OF INT; END_VAR END_PROGRAM',
  ],
  ['ST308', 'TYPE A : STRUCT b : A; END_STRUCT; END_TYPE', 'TYPE A : STRUCT b : POINTER TO A; END_STRUCT; END_TYPE'],
  [
    'ST613',
    'FUNCTION A : INT VAR_INPUT n : INT; END_VAR A := A(n := n - 1); END_FUNCTION',
    'FUNCTION A : INT VAR_INPUT n : INT; END_VAR A := n - 1; END_FUNCTION',
  ],
  [
    'ST613',
    'FUNCTION A : INT A := B(); END_FUNCTION FUNCTION B : INT B := A(); END_FUNCTION',
    'FUNCTION A : INT A := B(); END_FUNCTION FUNCTION B : INT B := 1; END_FUNCTION',
  ],
  ['ST414', 'PROGRAM P VAR a : SINT := 200; END_VAR END_PROGRAM', 'PROGRAM P VAR a : SINT := 100; END_VAR END_PROGRAM'],
  ['ST401', 'PROGRAM P VAR a : BOOL := 1.5; END_VAR END_PROGRAM', 'PROGRAM P VAR a : REAL := 1.5; END_VAR END_PROGRAM'],
]

describe('checker', () => {
  test.each(bodies.map(([code, wrong, right, dialect = 'iec']) => ({ code, wrong, right, dialect })))(
    '$code: $wrong',
    ({ code, wrong, right, dialect }) => {
      expect(codes(program(wrong), dialect)).toEqual([code])
      expect(codes(program(right), dialect)).toEqual([])
    },
  )

  test.each(texts)('%s: %s', (code, wrong, right) => {
    expect([...new Set(codes(wrong))]).toEqual([code])
    expect(codes(right)).toEqual([])
  })

  test('a fault is placed on its own words', () => {
    const [found] = checkSources(
      [{ file: 'f.st', text: 'PROGRAM P\nVAR b : BOOL; END_VAR\n  b := 1.5;\nEND_PROGRAM' }],
      { dialect: 'iec' },
    )
    expect(found).toMatchObject({
      code: 'ST401',
      line: 3,
      column: 8,
      endLine: 3,
      endColumn: 11,
      message: 'cannot convert REAL to BOOL',
    })
  })

  test('messages and remedies come in the language asked for', () => {
    const source = [{ file: 'f.st', text: 'PROGRAM P\nVAR b : BOOL; END_VAR\n  b := 1.5;\nEND_PROGRAM' }]
    expect(checkSources(source, { lang: 'zh' })[0]).toMatchObject({ message: 'REAL 不能转换为 BOOL' })
    expect(checkSources(source, { lang: 'en' })[0]?.remedy).toContain('convert explicitly')
  })

  test('what another library holds is one notice each and no cascade', () => {
    const text =
      'FUNCTION_BLOCK F VAR q : LIB_TYPE; q2 : LIB_TYPE; i : INT; END_VAR i := q.x.y[3] + q2.z; GLOBAL_A := GLOBAL_A + LIB_F(i) + LIB_F(2); q(a := 1, b => i); i := LIB.F(i); END_FUNCTION_BLOCK'
    const found = checkSources([{ file: 'f.st', text }], { dialect: 'iec' })
    expect(found.map(each => [each.severity, each.code])).toEqual([
      ['notice', 'ST302'],
      ['notice', 'ST303'],
      ['notice', 'ST304'],
      ['notice', 'ST303'],
    ])
  })

  test('files of one call are one project, in any order', () => {
    const files = [
      { file: 'a.st', text: 'PROGRAM P VAR c : Counter; s : Speed; END_VAR c(up := TRUE); s := c.value; END_PROGRAM' },
      {
        file: 'b.st',
        text: 'FUNCTION_BLOCK Counter VAR_INPUT up : BOOL; END_VAR VAR_OUTPUT value : INT; END_VAR IF up THEN value := value + 1; END_IF; END_FUNCTION_BLOCK',
      },
      { file: 'c.st', text: 'TYPE Speed : INT (0..100); END_TYPE' },
    ]
    expect(checkSources(files, { dialect: 'iec' }).filter(each => each.severity !== 'notice')).toEqual([])
    expect(checkSources(files.slice(0, 1), { dialect: 'iec' }).map(each => each.code)).toEqual(['ST302', 'ST302'])
  })

  test('a unit of the file hides a standard one of its name', () => {
    expect(
      codes(
        'FUNCTION LEN : REAL VAR_INPUT a, c : REAL; END_VAR LEN := a + c; END_FUNCTION PROGRAM P VAR x : REAL; END_VAR x := LEN(1.0, x); END_PROGRAM',
      ),
    ).toEqual([])
  })

  test('what CODESYS projects write is taken', () => {
    const text = `TYPE M : STRUCT v : INT; END_STRUCT; END_TYPE
VAR_GLOBAL CONSTANT READY : INT := 3; END_VAR
FUNCTION_BLOCK Drive VAR n : INT; END_VAR METHOD FB_Init : BOOL VAR_INPUT bInit, bCopy : BOOL; speed : INT; END_VAR n := speed; END_METHOD END_FUNCTION_BLOCK
FUNCTION_BLOCK F VAR w : WORD; b : BOOL; u : UDINT; p : POINTER TO M; d : Drive(speed := 3); i : INT; x : REAL; END_VAR
b := w.READY; u := SIZEOF(M) + SIZEOF(INT); p := __NEW(M); __DELETE(p); i := ANY_TO_INT(x); i := TO_INT(x);
__TRY i := 1; __CATCH(exc) i := 2; __FINALLY i := 3; __ENDTRY
i := FLOOR(x); x := ROUND(x, 3);
END_FUNCTION_BLOCK`
    expect(codes(text, 'codesys').filter(each => each !== 'ST402')).toEqual([])
  })

  test('a case label of an enumeration, methods, properties and inheritance are known', () => {
    const text = `TYPE Mode : (Idle, Busy); END_TYPE
FUNCTION_BLOCK Base VAR_INPUT n : INT; END_VAR VAR v : INT; END_VAR METHOD Add : INT VAR_INPUT k : INT; END_VAR v := v + k; Add := v; END_METHOD END_FUNCTION_BLOCK
FUNCTION_BLOCK Derived EXTENDS Base VAR m : Mode; i : INT; END_VAR
PROPERTY Value : INT GET Value := v; END_GET SET v := Value; END_SET END_PROPERTY
CASE m OF Idle: i := Add(1); Mode.Busy: i := THIS^.Add(k := 2); END_CASE; i := Value + n; Value := 3; SUPER^();
END_FUNCTION_BLOCK`
    expect(codes(text, 'codesys')).toEqual([])
  })
})
