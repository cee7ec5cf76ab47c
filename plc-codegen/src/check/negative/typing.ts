import type { Negatives } from './case.ts'

/** Declarations and types. */
export const typing: readonly Negatives[] = [
  {
    code: 'ST301',
    pairs: [
      [
        'PROGRAM P VAR c : INT; «C» : BOOL; END_VAR ; END_PROGRAM',
        'PROGRAM P VAR c : INT; d : BOOL; END_VAR ; END_PROGRAM',
      ],
      [
        'TYPE T1 : STRUCT f : INT; «f» : INT; END_STRUCT; END_TYPE',
        'TYPE T1 : STRUCT f : INT; g : INT; END_STRUCT; END_TYPE',
      ],
      [
        'FUNCTION G : INT VAR_INPUT v : INT; END_VAR VAR «v» : INT; END_VAR G := v; END_FUNCTION',
        'FUNCTION G : INT VAR_INPUT v : INT; END_VAR VAR v2 : INT; END_VAR G := v; END_FUNCTION',
      ],
      [
        'FUNCTION_BLOCK G VAR_OUTPUT o : INT; END_VAR VAR_INPUT «O» : INT; END_VAR o := 1; END_FUNCTION_BLOCK',
        'FUNCTION_BLOCK G VAR_OUTPUT o : INT; END_VAR VAR_INPUT p : INT; END_VAR o := 1; END_FUNCTION_BLOCK',
      ],
      ['PROGRAM P VAR c, «c» : INT; END_VAR ; END_PROGRAM', 'PROGRAM P VAR c, d : INT; END_VAR ; END_PROGRAM'],
    ],
  },
  {
    code: 'ST305',
    pairs: [
      ['i := st.«h»;', 'i := st.f;'],
      ['b := tm.«R»;', 'b := tm.Q;'],
      ['e := «E#Blue»;', 'e := E#Red;'],
      ['st.«ff» := 1;', 'st.f := 1;'],
      ['b := r.«QQ»;', 'b := r.Q;'],
    ],
  },
  {
    code: 'ST306',
    pairs: [
      'FUNCTION_BLOCK A END_FUNCTION_BLOCK FUNCTION_BLOCK «A» END_FUNCTION_BLOCK',
      'FUNCTION A : INT A := 1; END_FUNCTION FUNCTION «a» : INT A := 1; END_FUNCTION',
      'PROGRAM A END_PROGRAM PROGRAM «A» END_PROGRAM',
      'TYPE A : INT; END_TYPE TYPE «A» : BOOL; END_TYPE',
      'PROGRAM A END_PROGRAM FUNCTION_BLOCK «A» END_FUNCTION_BLOCK',
    ].map(
      each =>
        [each, each.replace(/«\w+»/, 'Other').replace(/A := 1; END_FUNCTION$/, 'Other := 1; END_FUNCTION')] as const,
    ),
  },
  {
    code: 'ST307',
    pairs: [
      [
        'PROGRAM P VAR c : ARRAY[«5..1»] OF INT; END_VAR ; END_PROGRAM',
        'PROGRAM P VAR c : ARRAY[1..5] OF INT; END_VAR ; END_PROGRAM',
      ],
      ['CASE i OF «5..1»: j := 1; ELSE j := 0; END_CASE;', 'CASE i OF 1..5: j := 1; ELSE j := 0; END_CASE;'],
      ['TYPE R1 : INT(«9..0»); END_TYPE', 'TYPE R1 : INT(0..9); END_TYPE'],
      [
        'PROGRAM P VAR c : ARRAY[0..1, «3..2»] OF INT; END_VAR ; END_PROGRAM',
        'PROGRAM P VAR c : ARRAY[0..1, 2..3] OF INT; END_VAR ; END_PROGRAM',
      ],
      [
        'PROGRAM P VAR c : ARRAY[«1..-1»] OF BOOL; END_VAR ; END_PROGRAM',
        'PROGRAM P VAR c : ARRAY[-1..1] OF BOOL; END_VAR ; END_PROGRAM',
      ],
    ],
  },
  {
    code: 'ST308',
    pairs: [
      ['TYPE A : STRUCT c : A; END_STRUCT; END_TYPE', 'TYPE A : STRUCT c : POINTER TO A; END_STRUCT; END_TYPE'],
      [
        'TYPE A : STRUCT c : B; END_STRUCT; B : STRUCT d : A; END_STRUCT; END_TYPE',
        'TYPE A : STRUCT c : B; END_STRUCT; B : STRUCT d : INT; END_STRUCT; END_TYPE',
      ],
      ['TYPE A : ARRAY[0..1] OF A; END_TYPE', 'TYPE A : ARRAY[0..1] OF INT; END_TYPE'],
      [
        'TYPE A : STRUCT c : ARRAY[0..1] OF A; END_STRUCT; END_TYPE',
        'TYPE A : STRUCT c : ARRAY[0..1] OF POINTER TO A; END_STRUCT; END_TYPE',
      ],
      ['TYPE A : B; B : A; END_TYPE', 'TYPE A : B; B : INT; END_TYPE'],
    ],
  },
  {
    code: 'ST401',
    pairs: [
      ['b := «1.5»;', 'x := 1.5;'],
      ["b := «'abc'»;", "s := 'abc';"],
      ['i := «x»;', 'x := i;'],
      ['i := «d»;', 'd := i;'],
      ['u := «i»;', 'd := u;'],
      ['t := «5»;', 't := T#5s;'],
      ['i := «w»;', 'i := WORD_TO_INT(w);'],
      ['st := «i»;', 'st.f := i;'],
      ['FOR i := 1 TO «x» DO j := i; END_FOR;', 'FOR i := 1 TO j DO d := i; END_FOR;'],
    ],
  },
  {
    code: 'ST402',
    dialect: 'codesys',
    pairs: [
      ['i := «d»;', 'i := DINT_TO_INT(d);'],
      ['x := «l»;', 'x := LREAL_TO_REAL(l);'],
      ['bt := «w»;', 'bt := WORD_TO_BYTE(w);'],
      ['d := «ll»;', 'd := LINT_TO_DINT(ll);'],
      ['i := «u»;', 'i := UINT_TO_INT(u);'],
    ],
  },
  {
    code: 'ST403',
    pairs: [
      ['b := «b + b2»;', 'i := i + j;'],
      ['i := «i + b»;', 'i := i + 1;'],
      ['s := «s + s»;', 's := CONCAT(s, s);'],
      ['b := «NOT x»;', 'b := NOT b2;'],
      ['x := «x MOD 2.0»;', 'i := i MOD 2;'],
      ['b := «b AND i»;', 'b := b AND i > 0;'],
      ['t := «t * t»;', 't := t * 2;'],
    ],
  },
  {
    code: 'ST404',
    pairs: [
      ['IF «i» THEN j := 1; END_IF;', 'IF i > 0 THEN j := 1; END_IF;'],
      ['WHILE «x» DO x := 0.0; END_WHILE;', 'WHILE x > 1.0 DO x := 0.0; END_WHILE;'],
      ['REPEAT i := i + 1; UNTIL «i» END_REPEAT;', 'REPEAT i := i + 1; UNTIL i > 3 END_REPEAT;'],
      ['IF b THEN i := 1; ELSIF «s» THEN i := 2; END_IF;', "IF b THEN i := 1; ELSIF s = 'x' THEN i := 2; END_IF;"],
      ['IF «t» THEN i := 1; END_IF;', 'IF t > T#0s THEN i := 1; END_IF;'],
    ],
  },
  {
    code: 'ST405',
    pairs: [
      ["i := ABS(«'x'»);", 'i := ABS(j);'],
      ['i := Twice(«x»);', 'i := Twice(j);'],
      ['tm(IN := «i», PT := t);', 'tm(IN := b, PT := t);'],
      ['i := LEN(«j»);', 'i := LEN(s);'],
      ['x := SIN(«b»);', 'x := SIN(x);'],
      ['b := Fill(z := «x»);', 'b := Fill(z := i);'],
    ],
  },
  {
    code: 'ST406',
    pairs: [
      ['i := «Twice(1, 2)»;', 'i := Twice(1);'],
      ['x := «SQRT(x, x)»;', 'x := SQRT(x);'],
      ['i := «LEN(s, s)»;', 'i := LEN(s);'],
      ['x := «SIN(x, y)»;', 'x := SIN(y);'],
      ['i := «ABS(i, j)»;', 'i := ABS(i);'],
    ],
  },
  {
    code: 'ST407',
    pairs: [
      ['i := «Twice()»;', 'i := Twice(n := 1);'],
      ['b := «Fill()»;', 'b := Fill(z := i);'],
      ['i := «LIMIT(1, i)»;', 'i := LIMIT(1, i, 5);'],
      ['s := «LEFT(s)»;', 's := LEFT(s, 2);'],
      ['i := «SEL(b, 1)»;', 'i := SEL(b, 1, 2);'],
    ],
  },
  {
    code: 'ST408',
    pairs: [
      ['tm(«IM» := b);', 'tm(IN := b);'],
      ['i := Twice(«k» := 1);', 'i := Twice(n := 1);'],
      ['tm(«IN» => b);', 'tm(Q => b);'],
      ['r(«CLOCK» := b);', 'r(CLK := b);'],
      ['b := Fill(«y» := i);', 'b := Fill(z := i);'],
    ],
  },
  {
    code: 'ST409',
    pairs: [
      ['«i»(1);', 'tm(IN := b);'],
      ['j := «x»(1);', 'j := Twice(1);'],
      ['«st»();', 'r(CLK := b);'],
      ['b := «a»(1);', 'b := a[1] > 0;'],
      ['«s»();', 'tf(IN := b);'],
    ],
  },
  {
    code: 'ST410',
    pairs: [
      ['i := «a[1, 2]»;', 'x := m[1, 2];'],
      ['i := «j[1]»;', 'i := a[1];'],
      ['x := «m[1]»;', 'x := m[1, 0];'],
      ['b := «b2[0]»;', 'b := b2;'],
      ['x := «y[0, 1]»;', 'x := m[0, 1];'],
    ],
  },
  {
    code: 'ST411',
    pairs: [
      ['i := a[«x»];', 'i := a[j];'],
      ['i := a[«b»];', 'i := a[1];'],
      ['x := m[0, «y»];', 'x := m[0, i];'],
      ['i := a[«t»];', 'i := a[k];'],
      ['a[«s»] := 1;', 'a[i] := 1;'],
    ],
  },
  {
    code: 'ST412',
    pairs: [
      ['i := j.«f»;', 'i := st.f;'],
      ['b := x.«Q»;', 'b := tm.Q;'],
      ['i := s.«len»;', 'i := LEN(s);'],
      ['b := b2.«x»;', 'b := b2;'],
      ['i := a.«f»;', 'i := a[1];'],
    ],
  },
  {
    code: 'ST413',
    pairs: [
      ['i := «j^»;', 'i := p^;'],
      ['x := «y^»;', 'x := y;'],
      ['«i^» := 1;', 'p^ := 1;'],
      ['b := «b2^»;', 'b := p^ > 0;'],
      ['i := «st^».f;', 'i := st.f;'],
    ],
  },
  {
    code: 'ST414',
    pairs: [
      ['bt := «256»;', 'bt := 255;'],
      ['i := «40000»;', 'd := 40000;'],
      ['i := «INT#32768»;', 'i := INT#32767;'],
      ['u := «-1»;', 'i := -1;'],
      [
        'PROGRAM P VAR c : SINT := «200»; END_VAR ; END_PROGRAM',
        'PROGRAM P VAR c : SINT := 100; END_VAR ; END_PROGRAM',
      ],
    ],
  },
  {
    code: 'ST415',
    pairs: [
      ['b := «w.16»;', 'b := w.15;'],
      ['b := «bt.8»;', 'b := bt.7;'],
      ['«w.20» := TRUE;', 'w.0 := TRUE;'],
      ['b := «x.1»;', 'b := w.1;'],
      ['b := «d.32»;', 'b := w.3;'],
    ],
  },
  {
    code: 'ST416',
    pairs: [
      ['b := Fill(z := «i + 1»);', 'b := Fill(z := a[2]);'],
      ['b := Fill(z := «5»);', 'b := Fill(z := i);'],
      ['b := Fill(z := «Twice(1)»);', 'b := Fill(z := st.f);'],
      ['b := Fill(«-i»);', 'b := Fill(i);'],
      ['b := Fill(z := «K3 * 2»);', 'b := Fill(z := k);'],
    ],
  },
  {
    code: 'ST419',
    pairs: [
      ['«TON»(IN := b);', 'tm(IN := b);'],
      ['«R_TRIG»(CLK := b);', 'r(CLK := b);'],
      ['«TOF»();', 'tf();'],
      ['IF b THEN «TON»(PT := t); END_IF;', 'IF b THEN tm(PT := t); END_IF;'],
      ['«TON»();', 'tm();'],
    ],
  },
  {
    code: 'ST420',
    pairs: [
      ['b := «tm(IN := b)»;', 'tm(IN := b); b := tm.Q;'],
      ['i := «Twice»;', 'i := Twice(1);'],
      ['b := «r(CLK := b2)»;', 'r(CLK := b2); b := r.Q;'],
      ['IF «tf(IN := b)» THEN i := 1; END_IF;', 'tf(IN := b); IF tf.Q THEN i := 1; END_IF;'],
      ['b := «Fill»;', 'b := Fill(z := i);'],
    ],
  },
  {
    code: 'ST422',
    pairs: [
      ['i := a[«6»];', 'i := a[5];'],
      ['x := m[«2», 0];', 'x := m[1, 0];'],
      ['a[«0»] := 1;', 'a[1] := 1;'],
      ['x := m[0, «3»];', 'x := m[0, 2];'],
      ['i := a[«K3 + 3»];', 'i := a[K3];'],
    ],
  },
  {
    code: 'ST423',
    pairs: [
      ['i := i / «0»;', 'i := i / 2;'],
      ['i := i MOD «0»;', 'i := i MOD K3;'],
      ['d := d / «(3 - 3)»;', 'd := d / (3 - 2);'],
      ['IF b THEN i := 1 / «0»; END_IF;', 'IF b THEN i := 1 / 1; END_IF;'],
      ['j := i / «(K3 - 3)»;', 'j := i / K3;'],
    ],
  },
  {
    code: 'ST424',
    pairs: [
      ["s := «'12345678901'»;", "s := '1234567890';"],
      ["IF b THEN s := «'abcdefghijkl'»; END_IF;", "IF b THEN s := 'abc'; END_IF;"],
      [
        "PROGRAM P VAR c : STRING[2] := «'abc'»; END_VAR ; END_PROGRAM",
        "PROGRAM P VAR c : STRING[3] := 'abc'; END_VAR ; END_PROGRAM",
      ],
      [
        "PROGRAM P VAR c : STRING[1]; END_VAR c := «'ab'»; END_PROGRAM",
        "PROGRAM P VAR c : STRING[1]; END_VAR c := 'a'; END_PROGRAM",
      ],
      ["s := «'Grenzwert erreicht'»;", "s := 'Grenzwert';"],
    ],
  },
]
