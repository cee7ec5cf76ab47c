import type { Negatives } from './case.ts'

/** Rules about values, variables and outputs. */
export const data: readonly Negatives[] = [
  {
    code: 'ST601',
    pairs: [
      [
        'FUNCTION_BLOCK G VAR «a» : INT; END_VAR ; END_FUNCTION_BLOCK',
        'FUNCTION_BLOCK G VAR a : INT; END_VAR a := 1; END_FUNCTION_BLOCK',
      ],
      [
        'FUNCTION_BLOCK G VAR a, «c» : INT; END_VAR a := 1; END_FUNCTION_BLOCK',
        'FUNCTION_BLOCK G VAR a, c : INT; END_VAR a := c; END_FUNCTION_BLOCK',
      ],
      [
        'FUNCTION G : INT VAR «h» : INT; END_VAR G := 1; END_FUNCTION',
        'FUNCTION G : INT VAR h : INT; END_VAR h := 1; G := h; END_FUNCTION',
      ],
      ['PROGRAM P VAR «t» : TON; END_VAR ; END_PROGRAM', 'PROGRAM P VAR t : TON; END_VAR t(IN := TRUE); END_PROGRAM'],
      [
        'FUNCTION_BLOCK G VAR_TEMP «v» : REAL; END_VAR ; END_FUNCTION_BLOCK',
        'FUNCTION_BLOCK G VAR_TEMP v : REAL; END_VAR v := 1.0; END_FUNCTION_BLOCK',
      ],
    ],
  },
  {
    code: 'ST605',
    pairs: [
      ['b := «x = y»;', 'b := ABS(x - y) < 0.01;'],
      ['b := «x <> 1.5»;', 'b := x > 1.5;'],
      ['IF «l = 2.5» THEN i := 1; END_IF;', 'IF l >= 2.5 THEN i := 1; END_IF;'],
      ['WHILE «m[0, 0] <> m[0, 1]» DO EXIT; END_WHILE;', 'WHILE m[0, 0] < m[0, 1] DO EXIT; END_WHILE;'],
      ['b := «st.g = x»;', 'b := st.f = i;'],
    ],
  },
  {
    code: 'ST606',
    pairs: [
      ['«inp» := 1;', 'i := inp;'],
      ['«inp» := inp + 1;', 'i := inp + 1;'],
      ['«go» := FALSE;', 'b := go;'],
      ['IF b THEN «inp» := 0; END_IF;', 'IF b THEN i := inp; END_IF;'],
      [
        'FUNCTION G : INT VAR_INPUT v : INT; END_VAR «v» := v * 2; G := v; END_FUNCTION',
        'FUNCTION G : INT VAR_INPUT v : INT; END_VAR G := v * 2; END_FUNCTION',
      ],
    ],
  },
  {
    code: 'ST607',
    pairs: [
      ['FOR i := 1 TO 3 DO «i» := 2; END_FOR;', 'FOR i := 1 TO 3 DO j := 2; END_FOR;'],
      ['FOR i := 1 TO 3 DO «i» := i + 1; END_FOR;', 'FOR i := 1 TO 3 DO j := i + 1; END_FOR;'],
      [
        'FOR i := 1 TO 3 DO IF b THEN «i» := 3; END_IF; END_FOR;',
        'FOR i := 1 TO 3 DO IF b THEN j := 3; END_IF; END_FOR;',
      ],
      [
        'FOR i := 1 TO 3 DO FOR «i» := 1 TO 2 DO j := 1; END_FOR; END_FOR;',
        'FOR i := 1 TO 3 DO FOR k := 1 TO 2 DO j := 1; END_FOR; END_FOR;',
      ],
      [
        'FOR i := 1 TO 3 DO WHILE b DO «i» := i + 1; b := FALSE; END_WHILE; END_FOR;',
        'FOR i := 1 TO 3 DO WHILE b DO j := i + 1; b := FALSE; END_WHILE; END_FOR;',
      ],
    ],
  },
  {
    code: 'ST610',
    pairs: [
      ['«i := i;»', 'i := j;'],
      ['«I := i;»', 'i := i + 1;'],
      ['«x := x;»', 'x := y;'],
      ['IF b THEN «b := b;» END_IF;', 'IF b THEN b := b2; END_IF;'],
      ['FOR i := 1 TO 5 DO «j := j;» END_FOR;', 'FOR i := 1 TO 5 DO j := j + i; END_FOR;'],
    ],
  },
  {
    code: 'ST622',
    pairs: [
      [
        'FUNCTION G : INT VAR v : INT; END_VAR G := «v»; END_FUNCTION',
        'FUNCTION G : INT VAR v : INT; END_VAR v := 1; G := v; END_FUNCTION',
      ],
      [
        'FUNCTION G : INT VAR v : INT; END_VAR v := «v» + 1; G := v; END_FUNCTION',
        'FUNCTION G : INT VAR v : INT := 0; END_VAR v := v + 1; G := v; END_FUNCTION',
      ],
      [
        'FUNCTION G : BOOL VAR_INPUT c : BOOL; END_VAR VAR h : BOOL; END_VAR IF «h» THEN G := c; END_IF; END_FUNCTION',
        'FUNCTION G : BOOL VAR_INPUT c : BOOL; END_VAR VAR h : BOOL; END_VAR h := c; IF h THEN G := c; END_IF; END_FUNCTION',
      ],
      [
        'FUNCTION G : REAL VAR h, g2 : REAL; END_VAR h := «g2» * 2.0; g2 := h; G := h; END_FUNCTION',
        'FUNCTION G : REAL VAR h, g2 : REAL; END_VAR g2 := 1.0; h := g2 * 2.0; G := h; END_FUNCTION',
      ],
      [
        'FUNCTION G : INT VAR k, top : INT; END_VAR FOR k := 0 TO «top» DO G := G + k; END_FOR; END_FUNCTION',
        'FUNCTION G : INT VAR k, top : INT; END_VAR top := 5; FOR k := 0 TO top DO G := G + k; END_FOR; END_FUNCTION',
      ],
    ],
  },
  {
    code: 'ST623',
    pairs: [
      [
        'PROGRAM P VAR c AT %QX0.0 : BOOL; «d» AT %QX0.0 : BOOL; END_VAR c := d; END_PROGRAM',
        'PROGRAM P VAR c AT %QX0.0 : BOOL; d AT %QX0.1 : BOOL; END_VAR c := d; END_PROGRAM',
      ],
      [
        'PROGRAM P VAR c AT %QW2 : WORD; «d» AT %QX4.3 : BOOL; END_VAR c := 1; d := TRUE; END_PROGRAM',
        'PROGRAM P VAR c AT %QW2 : WORD; d AT %QX6.3 : BOOL; END_VAR c := 1; d := TRUE; END_PROGRAM',
      ],
      [
        'PROGRAM P VAR c AT %MB3 : BYTE; «d» AT %MX3.7 : BOOL; END_VAR c := 1; d := TRUE; END_PROGRAM',
        'PROGRAM P VAR c AT %MB3 : BYTE; d AT %MX4.0 : BOOL; END_VAR c := 1; d := TRUE; END_PROGRAM',
      ],
      [
        'PROGRAM P VAR c AT %MD1 : DWORD; «d» AT %MW2 : WORD; END_VAR c := 1; d := 1; END_PROGRAM',
        'PROGRAM P VAR c AT %MD1 : DWORD; d AT %MW4 : WORD; END_VAR c := 1; d := 1; END_PROGRAM',
      ],
      [
        'PROGRAM P VAR c AT %IW0 : INT; «d» AT %IB1 : BYTE; e2 : INT; END_VAR e2 := c; IF d = 1 THEN e2 := 0; END_IF; END_PROGRAM',
        'PROGRAM P VAR c AT %IW0 : INT; d AT %QB1 : BYTE; e2 : INT; END_VAR e2 := c; IF d = 1 THEN e2 := 0; END_IF; END_PROGRAM',
      ],
    ],
  },
  {
    code: 'ST626',
    pairs: [
      ['q := b; «q» := b2;', 'q := b OR b2;'],
      ['q := FALSE; i := 1; «q» := b;', 'i := 1; q := b;'],
      ['IF go THEN q := b; «q» := b2; END_IF;', 'IF go THEN q := b; ELSE q := b2; END_IF;'],
      ['n := 1; «n» := 2;', 'n := 1; n := n + 1;'],
      ['q := TRUE; q2 := TRUE; «q» := FALSE;', 'q := TRUE; q2 := q; q := FALSE;'],
      [
        'PROGRAM P VAR c AT %QX0.0 : BOOL; END_VAR c := TRUE; «c» := FALSE; END_PROGRAM',
        'PROGRAM P VAR c AT %QX0.0 : BOOL; d : BOOL; END_VAR c := TRUE; d := c; c := FALSE; END_PROGRAM',
      ],
    ],
  },
  {
    code: 'ST627',
    pairs: [
      [
        'FUNCTION_BLOCK G VAR_INPUT c : BOOL; END_VAR VAR_OUTPUT «o» : BOOL; END_VAR VAR h : BOOL; END_VAR h := c; END_FUNCTION_BLOCK',
        'FUNCTION_BLOCK G VAR_INPUT c : BOOL; END_VAR VAR_OUTPUT o : BOOL; END_VAR o := c; END_FUNCTION_BLOCK',
      ],
      [
        'FUNCTION_BLOCK G VAR_OUTPUT o, «o2» : INT; END_VAR o := 1; END_FUNCTION_BLOCK',
        'FUNCTION_BLOCK G VAR_OUTPUT o, o2 : INT; END_VAR o := 1; o2 := 2; END_FUNCTION_BLOCK',
      ],
      [
        'FUNCTION G : INT VAR_OUTPUT «o» : INT; END_VAR G := 1; END_FUNCTION',
        'FUNCTION G : INT VAR_OUTPUT o : INT; END_VAR G := 1; o := 2; END_FUNCTION',
      ],
      [
        'FUNCTION_BLOCK G VAR_OUTPUT «o» : ARRAY[0..1] OF INT; END_VAR VAR h : INT; END_VAR h := o[0]; END_FUNCTION_BLOCK',
        'FUNCTION_BLOCK G VAR_OUTPUT o : ARRAY[0..1] OF INT; END_VAR o[0] := 1; END_FUNCTION_BLOCK',
      ],
      [
        'FUNCTION_BLOCK G VAR t : TON; END_VAR VAR_OUTPUT «o» : BOOL; END_VAR t(IN := TRUE); END_FUNCTION_BLOCK',
        'FUNCTION_BLOCK G VAR t : TON; END_VAR VAR_OUTPUT o : BOOL; END_VAR t(IN := TRUE, Q => o); END_FUNCTION_BLOCK',
      ],
    ],
  },
  {
    code: 'ST628',
    pairs: [
      [
        'FUNCTION G : INT VAR_IN_OUT «v» : INT; END_VAR G := v; END_FUNCTION',
        'FUNCTION G : INT VAR_IN_OUT v : INT; END_VAR v := v + 1; G := v; END_FUNCTION',
      ],
      [
        'FUNCTION_BLOCK G VAR_IN_OUT «v» : BOOL; END_VAR VAR h : BOOL; END_VAR h := v; END_FUNCTION_BLOCK',
        'FUNCTION_BLOCK G VAR_IN_OUT v : BOOL; END_VAR v := NOT v; END_FUNCTION_BLOCK',
      ],
      [
        'FUNCTION G : REAL VAR_IN_OUT v, «c» : REAL; END_VAR v := c; G := v; END_FUNCTION',
        'FUNCTION G : REAL VAR_IN_OUT v, c : REAL; END_VAR v := c; c := 0.0; G := v; END_FUNCTION',
      ],
      [
        'FUNCTION_BLOCK G VAR_IN_OUT «v» : DINT; END_VAR VAR_OUTPUT o : BOOL; END_VAR IF v > 3 THEN o := TRUE; END_IF; END_FUNCTION_BLOCK',
        'FUNCTION_BLOCK G VAR_IN_OUT v : DINT; END_VAR VAR_OUTPUT o : BOOL; END_VAR IF v > 3 THEN o := TRUE; v := 3; END_IF; END_FUNCTION_BLOCK',
      ],
      [
        'FUNCTION_BLOCK G VAR_IN_OUT «v» : TIME; END_VAR VAR t : TON; END_VAR t(IN := v > T#1s); END_FUNCTION_BLOCK',
        'FUNCTION_BLOCK G VAR_IN_OUT v : TIME; END_VAR VAR t : TON; END_VAR t(IN := v > T#1s, ET => v); END_FUNCTION_BLOCK',
      ],
    ],
  },
  {
    code: 'ST629',
    pairs: [
      ['x := «i»;', 'x := INT_TO_REAL(i);'],
      ['d := «i»;', 'd := INT_TO_DINT(i);'],
      ['l := «x»;', 'l := REAL_TO_LREAL(x);'],
      ['w := «bt»;', 'w := BYTE_TO_WORD(bt);'],
      ['ll := «d»;', 'll := DINT_TO_LINT(d);'],
    ],
  },
  {
    code: 'ST630',
    pairs: [
      [
        'VAR_GLOBAL g : INT; END_VAR PROGRAM A «g» := 1; END_PROGRAM PROGRAM B g := 2; END_PROGRAM',
        'VAR_GLOBAL g : INT; END_VAR PROGRAM A g := 1; END_PROGRAM PROGRAM B VAR h : INT; END_VAR h := g; END_PROGRAM',
      ],
      [
        'VAR_GLOBAL g : BOOL; END_VAR FUNCTION_BLOCK A IF NOT g THEN «g» := TRUE; END_IF; END_FUNCTION_BLOCK PROGRAM B VAR a2 : A; END_VAR a2(); g := FALSE; END_PROGRAM',
        'VAR_GLOBAL g : BOOL; END_VAR FUNCTION_BLOCK A VAR_OUTPUT o : BOOL; END_VAR o := NOT g; END_FUNCTION_BLOCK PROGRAM B VAR a2 : A; END_VAR a2(); g := a2.o; END_PROGRAM',
      ],
      [
        'VAR_GLOBAL g : INT; END_VAR PROGRAM A VAR_EXTERNAL g : INT; END_VAR «g» := 1; END_PROGRAM PROGRAM B VAR_EXTERNAL g : INT; END_VAR g := 2; END_PROGRAM',
        'VAR_GLOBAL g : INT; END_VAR PROGRAM A VAR_EXTERNAL g : INT; END_VAR g := 1; END_PROGRAM PROGRAM B VAR_EXTERNAL g : INT; END_VAR VAR h : INT; END_VAR h := g; END_PROGRAM',
      ],
      [
        'VAR_GLOBAL g : REAL; END_VAR PROGRAM A «g» := g + 1.0; END_PROGRAM PROGRAM B g := 0.0; END_PROGRAM',
        'VAR_GLOBAL g : REAL; END_VAR PROGRAM A g := g + 1.0; IF g > 9.0 THEN g := 0.0; END_IF; END_PROGRAM',
      ],
      [
        'VAR_GLOBAL lamp AT %QX0.0 : BOOL; END_VAR PROGRAM A «lamp» := TRUE; END_PROGRAM PROGRAM B lamp := FALSE; END_PROGRAM',
        'VAR_GLOBAL lamp AT %QX0.0 : BOOL; lamp2 AT %QX0.1 : BOOL; END_VAR PROGRAM A lamp := TRUE; END_PROGRAM PROGRAM B lamp2 := FALSE; END_PROGRAM',
      ],
    ],
  },
  {
    code: 'ST631',
    pairs: [
      ['b := «t = t2»;', 'b := t >= t2;'],
      ['b := «t <> T#5s»;', 'b := t < T#5s;'],
      ['IF «tm.ET = T#1s» THEN i := 1; END_IF;', 'IF tm.ET >= T#1s THEN i := 1; END_IF;'],
      ['WHILE «t2 <> t» DO EXIT; END_WHILE;', 'WHILE t2 < t DO EXIT; END_WHILE;'],
      ['b := b2 AND «(t + t2) = T#2s»;', 'b := b2 AND t = T#0s;'],
    ],
  },
  {
    code: 'ST645',
    pairs: [
      ['i := 10 / «j»;', 'IF j <> 0 THEN i := 10 / j; END_IF;'],
      ['i := 10 MOD «j»;', 'IF j > 0 THEN i := 10 MOD j; END_IF;'],
      ['d := d / «inp»;', 'IF inp = 0 THEN RETURN; END_IF; d := d / inp;'],
      ['IF b THEN i := k / «j»; END_IF;', 'j := MAX(j, 1); i := k / j;'],
      ['j := 2; j := k; i := 1 / «j»;', 'j := 2; i := 1 / j;'],
    ],
  },
  {
    code: 'ST646',
    pairs: [
      ['d := «i * j»;', 'd := INT_TO_DINT(i) * j;'],
      ['d := «i + j»;', 'd := INT_TO_DINT(i) + j;'],
      ['ll := «d * d»;', 'll := DINT_TO_LINT(d) * d;'],
      ['ll := «i * k»;', 'll := INT_TO_LINT(i) * k;'],
      ['IF b THEN d := «inp * i»; END_IF;', 'IF b THEN i := inp * i; END_IF;'],
    ],
  },
  {
    code: 'ST648',
    pairs: [
      ['i := «873»;', 'i := K3;'],
      ['IF i > «42» THEN j := 1; END_IF;', 'IF i > K3 THEN j := 1; END_IF;'],
      ['x := y * «3.14»;', 'x := y * 0.5;'],
      ['j := Twice(«7»);', 'j := Twice(2);'],
      ['FOR i := 0 TO «77» DO j := i; END_FOR;', 'FOR i := 0 TO 10 DO j := a[3]; END_FOR;'],
    ],
  },
  {
    code: 'ST652',
    pairs: [
      ['tm(IN := b); «tm»(IN := b2);', 'tm(IN := b OR b2);'],
      ['IF b THEN tm(IN := TRUE); ELSE «tm»(IN := FALSE); END_IF;', 'tm(IN := b);'],
      ['r(CLK := b); i := 1; «r»(CLK := b2);', 'r(CLK := b); i := 1;'],
      ['tm(IN := b); tf(IN := b); «tf»(IN := b2);', 'tm(IN := b); tf(IN := b);'],
      ['r(CLK := b); IF r.Q THEN «r»(CLK := FALSE); END_IF;', 'r(CLK := b); IF r.Q THEN i := 1; END_IF;'],
    ],
  },
  {
    code: 'ST657',
    pairs: [
      ['IF «b = TRUE» THEN i := 1; END_IF;', 'IF b THEN i := 1; END_IF;'],
      ['b := «b2 = FALSE»;', 'b := NOT b2;'],
      ['WHILE «b <> TRUE» DO EXIT; END_WHILE;', 'WHILE NOT b DO EXIT; END_WHILE;'],
      ['b := b2 AND «go = TRUE»;', 'b := b2 AND go;'],
      ['REPEAT i := i + 1; UNTIL «tm.Q = TRUE» END_REPEAT;', 'REPEAT i := i + 1; UNTIL tm.Q END_REPEAT;'],
    ],
  },
  {
    code: 'ST620',
    dialect: 'codesys',
    pairs: [
      ['p := ADR(i); p := «p + 2»;', 'p := ADR(i);'],
      ['p := «p - 4»;', 'p := ADR(a[2]);'],
      ['p := «ADR(i) + 2»;', 'p := ADR(j);'],
      ['IF b THEN p := «p + SIZEOF(i)»; END_IF;', 'IF b THEN p := ADR(a[1]); END_IF;'],
      ['FOR i := 0 TO 3 DO p := «p + 2»; END_FOR;', 'FOR i := 1 TO 3 DO p := ADR(a[i]); END_FOR;'],
    ],
  },
  {
    code: 'ST635',
    dialect: 'codesys',
    pairs: [
      ['p := «__NEW(INT)»;', 'p := ADR(i);'],
      ['«__DELETE(p)»;', 'p := 0;'],
      ['IF b THEN p := «__NEW(INT)»; END_IF;', 'IF b THEN p := ADR(j); END_IF;'],
      ['FOR i := 0 TO 3 DO p := «__NEW(INT)»; END_FOR;', 'FOR i := 1 TO 3 DO p := ADR(a[i]); END_FOR;'],
      ['IF p <> 0 THEN «__DELETE(p)»; END_IF;', 'IF p <> 0 THEN i := p^; END_IF;'],
    ],
  },
  {
    code: 'ST624',
    pairs: [
      [
        'VAR_GLOBAL g : INT; END_VAR FUNCTION_BLOCK G VAR_OUTPUT o : INT; END_VAR o := «g»; END_FUNCTION_BLOCK',
        'VAR_GLOBAL g : INT; END_VAR FUNCTION_BLOCK G VAR_INPUT v : INT; END_VAR VAR_OUTPUT o : INT; END_VAR o := v; END_FUNCTION_BLOCK',
      ],
      [
        'VAR_GLOBAL g : INT; END_VAR FUNCTION_BLOCK G VAR_EXTERNAL «g» : INT; END_VAR VAR_OUTPUT o : INT; END_VAR o := g; END_FUNCTION_BLOCK',
        'VAR_GLOBAL g : INT; END_VAR PROGRAM G VAR_EXTERNAL g : INT; END_VAR VAR o : INT; END_VAR o := g; END_PROGRAM',
      ],
      [
        'VAR_GLOBAL g : INT; END_VAR FUNCTION G2 : INT G2 := «g»; END_FUNCTION',
        'VAR_GLOBAL CONSTANT g : INT := 3; END_VAR FUNCTION G2 : INT G2 := g; END_FUNCTION',
      ],
      [
        'VAR_GLOBAL g : BOOL; END_VAR FUNCTION_BLOCK H «g» := TRUE; END_FUNCTION_BLOCK',
        'VAR_GLOBAL g : BOOL; END_VAR PROGRAM H g := TRUE; END_PROGRAM',
      ],
      [
        'VAR_GLOBAL g, h : INT; END_VAR FUNCTION_BLOCK G VAR o : INT; END_VAR IF o > 1 THEN o := «h»; END_IF; END_FUNCTION_BLOCK',
        'VAR_GLOBAL g, h : INT; END_VAR FUNCTION_BLOCK G VAR_INPUT v : INT; END_VAR VAR o : INT; END_VAR IF o > 1 THEN o := v; END_IF; END_FUNCTION_BLOCK',
      ],
    ],
  },
  {
    code: 'ST621',
    pairs: [
      'FUNCTION «G» : INT G := 1; END_FUNCTION',
      'FUNCTION_BLOCK «G» VAR o : INT; END_VAR o := 1; END_FUNCTION_BLOCK',
      'FUNCTION «G» : BOOL VAR_INPUT v : BOOL; END_VAR G := NOT v; END_FUNCTION',
      'FUNCTION_BLOCK «G» VAR_OUTPUT o : BOOL; END_VAR o := TRUE; END_FUNCTION_BLOCK',
      'FUNCTION «G» : REAL G := 1.5; END_FUNCTION',
    ].map(
      each =>
        [
          `${each} PROGRAM P VAR v : INT; END_VAR v := 1; END_PROGRAM`,
          `${each.replace(/[«»]/g, '')} PROGRAM P VAR ${each.includes('BLOCK') ? 'v : G; END_VAR v();' : `v : ${/: (\w+)/.exec(each)![1]}; END_VAR v := G();`} END_PROGRAM`.replace(
            'G()',
            each.includes('VAR_INPUT') ? 'G(TRUE)' : 'G()',
          ),
        ] as const,
    ),
  },
  {
    code: 'ST653',
    pairs: [
      ...[
        ['VAR_INPUT', 11, 10],
        ['VAR_OUTPUT', 11, 10],
        ['VAR_IN_OUT', 6, 5],
        ['VAR_INPUT', 14, 9],
        ['VAR_OUTPUT', 20, 1],
      ].map(([section, many, few]) => {
        const names = (count: number) => Array.from({ length: count }, (_, i) => `v${i}`)
        const block = (count: number, name: string) =>
          `FUNCTION_BLOCK ${name} ${section} ${names(count).join(', ')} : INT; END_VAR VAR h : INT; END_VAR ${names(
            count,
          )
            .map(each => (section === 'VAR_INPUT' ? `h := ${each};` : `${each} := h;`))
            .join(' ')} END_FUNCTION_BLOCK`
        return [block(many as number, '«G»'), block(few as number, 'G')] as const
      }),
    ],
  },
]
