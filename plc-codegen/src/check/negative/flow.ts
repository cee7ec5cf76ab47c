import type { Negatives } from './case.ts'

/** Rules about the ways through a body. */
export const flow: readonly Negatives[] = [
  {
    code: 'ST603',
    pairs: [
      ['RETURN; «i := 1;»', 'IF b THEN RETURN; END_IF; i := 1;'],
      ['WHILE b DO EXIT; «i := 1;» END_WHILE;', 'WHILE b DO i := 1; EXIT; END_WHILE;'],
      [
        'FOR i := 0 TO 3 DO CONTINUE; «j := 1;» END_FOR;',
        'FOR i := 0 TO 3 DO IF b THEN CONTINUE; END_IF; j := 1; END_FOR;',
      ],
      ['IF b THEN RETURN; «i := 1;» END_IF;', 'IF b THEN i := 1; RETURN; END_IF;'],
      ['REPEAT EXIT; «i := i + 1;» UNTIL b END_REPEAT;', 'REPEAT i := i + 1; UNTIL i > 4 END_REPEAT;'],
    ],
  },
  {
    code: 'ST604',
    pairs: [
      ['«CASE i OF» 1: j := 1; END_CASE;', 'CASE i OF 1: j := 1; ELSE j := 0; END_CASE;'],
      ['«CASE e OF» Red: j := 1; END_CASE;', 'CASE e OF Red: j := 1; Green: j := 2; END_CASE;'],
      [
        '«CASE inp OF» 1..5: j := 1; 7: j := 2; END_CASE;',
        'CASE inp OF 1..5: j := 1; 7: j := 2; ELSE j := 0; END_CASE;',
      ],
      [
        'IF b THEN «CASE d OF» 1: j := 1; END_CASE; END_IF;',
        'IF b THEN CASE d OF 1: j := 1; ELSE j := 2; END_CASE; END_IF;',
      ],
      ['«CASE i + 1 OF» 1, 2: j := 1; END_CASE;', 'CASE i + 1 OF 1, 2: j := 1; ELSE ; END_CASE;'],
    ],
  },
  {
    code: 'ST609',
    pairs: [
      ['IF «TRUE» THEN i := 1; END_IF;', 'IF b THEN i := 1; END_IF;'],
      ['IF «FALSE» THEN i := 1; END_IF;', 'IF NOT b THEN i := 1; END_IF;'],
      ['IF «1 > 2» THEN i := 1; END_IF;', 'IF i > 2 THEN i := 1; END_IF;'],
      [
        'IF b THEN i := 1; ELSIF «1 + 1 = 2» THEN i := 2; END_IF;',
        'IF b THEN i := 1; ELSIF i = K3 THEN i := 2; END_IF;',
      ],
      ['WHILE «FALSE» DO i := 1; END_WHILE;', 'WHILE i < 3 DO i := i + 1; END_WHILE;'],
    ],
  },
  {
    code: 'ST613',
    pairs: [
      [
        'FUNCTION «A» : INT VAR_INPUT n : INT; END_VAR A := A(n := n - 1); END_FUNCTION',
        'FUNCTION A : INT VAR_INPUT n : INT; END_VAR A := n - 1; END_FUNCTION',
      ],
      [
        'FUNCTION «A» : INT A := B(); END_FUNCTION FUNCTION B : INT B := A(); END_FUNCTION',
        'FUNCTION A : INT A := B(); END_FUNCTION FUNCTION B : INT B := 1; END_FUNCTION',
      ],
      [
        'FUNCTION «A» : INT A := B(); END_FUNCTION FUNCTION B : INT B := C(); END_FUNCTION FUNCTION C : INT C := A(); END_FUNCTION',
        'FUNCTION A : INT A := B(); END_FUNCTION FUNCTION B : INT B := C(); END_FUNCTION FUNCTION C : INT C := 1; END_FUNCTION',
      ],
      [
        'FUNCTION «A» : INT VAR_INPUT n : INT; END_VAR IF n > 0 THEN A := n * A(n - 1); ELSE A := 1; END_IF; END_FUNCTION',
        'FUNCTION A : INT VAR_INPUT n : INT; END_VAR VAR i : INT; END_VAR A := 1; FOR i := 1 TO n DO A := A * i; END_FOR; END_FUNCTION',
      ],
      [
        'FUNCTION_BLOCK F METHOD «M» : INT M := M(); END_METHOD END_FUNCTION_BLOCK',
        'FUNCTION_BLOCK F METHOD M : INT M := 1; END_METHOD END_FUNCTION_BLOCK',
      ],
    ],
  },
  {
    code: 'ST617',
    pairs: [
      ['b := i >= 1 AND «a[i]» = 2;', 'b := i >= 1 AND_THEN a[i] = 2;'],
      ['b := i = 0 OR «j / i» > 1;', 'b := i = 0 OR_ELSE j / i > 1;'],
      ['b := b2 AND «a[j] > 0»;', 'IF b2 THEN b := a[j] > 0; END_IF;'],
      ['b := i <> 0 AND «j MOD i» = 0;', 'b := i <> 0 AND_THEN j MOD i = 0;'],
      ['b := b2 OR «a[i + 1]» = 0;', 'b := b2 OR a[3] = 0;'],
    ],
  },
  {
    code: 'ST625',
    pairs: [
      'IF b THEN i := 1; END_IF; ',
      'IF i > 0 THEN j := 1; END_IF; ',
      'WHILE i < 3 DO i := i + 1; END_WHILE; ',
      'CASE i OF 1: j := 1; ELSE j := 0; END_CASE; ',
      'FOR i := 1 TO 3 DO j := i; END_FOR; ',
    ].map(
      each =>
        [
          `FUNCTION_BLOCK «G» VAR b : BOOL; i, j : INT; END_VAR ${each.repeat(15)} END_FUNCTION_BLOCK`,
          `FUNCTION_BLOCK G VAR b : BOOL; i, j : INT; END_VAR ${each.repeat(14)} END_FUNCTION_BLOCK`,
        ] as const,
    ),
  },
  {
    code: 'ST632',
    pairs: [
      ['WHILE b DO «EXIT;» END_WHILE;', 'WHILE b DO b := i > 3; END_WHILE;'],
      [
        'FOR i := 0 TO 9 DO IF b THEN «CONTINUE;» END_IF; j := i; END_FOR;',
        'FOR i := 0 TO 9 DO IF NOT b THEN j := i; END_IF; END_FOR;',
      ],
      [
        'REPEAT i := i + 1; IF b THEN «EXIT;» END_IF; UNTIL i > 9 END_REPEAT;',
        'REPEAT i := i + 1; UNTIL i > 9 OR b END_REPEAT;',
      ],
      [
        'FOR i := 0 TO 9 DO IF a[1] = i THEN «EXIT;» END_IF; END_FOR;',
        'FOR i := 0 TO 9 DO IF a[1] = i THEN j := i; END_IF; END_FOR;',
      ],
      [
        'WHILE i < 9 DO i := i + 1; IF b THEN j := 1; «CONTINUE;» END_IF; j := 2; END_WHILE;',
        'WHILE i < 9 DO i := i + 1; IF b THEN j := 1; ELSE j := 2; END_IF; END_WHILE;',
      ],
    ],
  },
  {
    code: 'ST633',
    pairs: [
      ['FOR i := 0 TO 9 DO j := i; END_FOR; k := «i»;', 'FOR i := 0 TO 9 DO j := i; END_FOR; k := j;'],
      [
        'FOR i := 0 TO 9 DO j := j + 1; END_FOR; IF «i» > 5 THEN k := 1; END_IF;',
        'FOR i := 0 TO 9 DO j := j + 1; END_FOR; IF j > 5 THEN k := 1; END_IF;',
      ],
      [
        'FOR i := 1 TO 5 DO a[i] := 0; END_FOR; a[«i»] := 1;',
        'FOR i := 1 TO 5 DO a[i] := 0; END_FOR; i := 1; a[i] := 1;',
      ],
      ['FOR i := 1 TO 5 DO a[i] := 0; END_FOR; j := Twice(«i»);', 'FOR i := 1 TO 5 DO j := Twice(i); END_FOR;'],
      [
        'IF b THEN FOR i := 1 TO 5 DO a[i] := 0; END_FOR; j := «i» + 1; END_IF;',
        'IF b THEN FOR i := 1 TO 5 DO a[i] := 0; END_FOR; j := 6; END_IF;',
      ],
    ],
  },
  {
    code: 'ST634',
    pairs: [
      [
        '«IF b» THEN i := 1; ELSIF b2 THEN i := 2; END_IF;',
        'IF b THEN i := 1; ELSIF b2 THEN i := 2; ELSE i := 3; END_IF;',
      ],
      [
        '«IF i > 3» THEN j := 1; ELSIF i > 2 THEN j := 2; ELSIF i > 1 THEN j := 3; END_IF;',
        'IF i > 3 THEN j := 1; ELSIF i > 2 THEN j := 2; ELSE j := 3; END_IF;',
      ],
      [
        'WHILE i < 3 DO i := i + 1; «IF b» THEN j := 1; ELSIF b2 THEN j := 2; END_IF; END_WHILE;',
        'WHILE i < 3 DO i := i + 1; IF b THEN j := 1; END_IF; END_WHILE;',
      ],
      [
        'IF go THEN «IF b» THEN i := 1; ELSIF b2 THEN i := 2; END_IF; END_IF;',
        'IF go THEN IF b THEN i := 1; ELSIF b2 THEN i := 2; ELSE ; END_IF; END_IF;',
      ],
      [
        'CASE i OF 1: «IF b» THEN j := 1; ELSIF b2 THEN j := 2; END_IF; ELSE j := 0; END_CASE;',
        'CASE i OF 1: IF b THEN j := 1; ELSIF b2 THEN j := 2; ELSE j := 3; END_IF; ELSE j := 0; END_CASE;',
      ],
    ],
  },
  {
    code: 'ST647',
    pairs: [
      ['WHILE «b» DO i := i + 1; END_WHILE;', 'WHILE b DO i := i + 1; b := i < 5; END_WHILE;'],
      ['WHILE «i < 9» DO j := j + 1; END_WHILE;', 'WHILE i < 9 DO i := i + 1; END_WHILE;'],
      ['REPEAT j := j + 1; UNTIL «go» END_REPEAT;', 'REPEAT j := j + 1; UNTIL j > 3 END_REPEAT;'],
      ['WHILE «NOT tm.Q» DO i := 1; END_WHILE;', 'tm(IN := b, PT := T#1s); IF tm.Q THEN i := 1; END_IF;'],
      ['WHILE «a[1] = 0» DO d := d + 1; END_WHILE;', 'WHILE a[1] = 0 DO a[1] := 1; END_WHILE;'],
      [
        'REPEAT x := x + 1.0; UNTIL «y > 3.0» END_REPEAT;',
        'REPEAT x := x + 1.0; IF x > 9.0 THEN EXIT; END_IF; UNTIL y > 3.0 END_REPEAT;',
      ],
    ],
  },
  {
    code: 'ST649',
    pairs: [
      ['WHILE NOT tm.Q DO «tm(IN := TRUE, PT := T#1s)»; END_WHILE;', 'tm(IN := TRUE, PT := T#1s);'],
      ['REPEAT «tm(IN := b, PT := t)»; UNTIL tm.Q END_REPEAT;', 'tm(IN := b, PT := t); b2 := tm.Q;'],
      ['WHILE b DO «tf(IN := b, PT := t)»; b := tf.Q; END_WHILE;', 'IF b THEN tf(IN := b, PT := t); END_IF;'],
      [
        'WHILE tm.ET < T#1s DO IF b THEN «tm(IN := TRUE, PT := T#2s)»; END_IF; END_WHILE;',
        'WHILE i < 3 DO i := i + 1; r(CLK := b); END_WHILE;',
      ],
      [
        'REPEAT i := i + 1; «tm(IN := b)»; UNTIL i > 3 END_REPEAT;',
        'REPEAT i := i + 1; UNTIL i > 3 END_REPEAT; tm(IN := b);',
      ],
    ],
  },
  {
    code: 'ST650',
    pairs: [
      ['«GOTO here;» here: i := 1;', 'IF b THEN i := 1; END_IF;'],
      ['IF b THEN «GOTO skip;» END_IF; i := 1; skip: j := 1;', 'IF NOT b THEN i := 1; END_IF; j := 1;'],
      ['again: i := i + 1; IF i < 5 THEN «GOTO again;» END_IF;', 'WHILE i < 5 DO i := i + 1; END_WHILE;'],
      ['CASE i OF 1: «GOTO out;» ELSE j := 0; END_CASE; out: j := 2;', 'CASE i OF 1: j := 2; ELSE j := 0; END_CASE;'],
      ['FOR i := 1 TO 3 DO IF b THEN «GOTO out;» END_IF; END_FOR; out: j := 1;', 'FOR i := 1 TO 3 DO j := i; END_FOR;'],
    ],
  },
  {
    code: 'ST651',
    pairs: [
      ['IF b THEN «RETURN;» END_IF; i := 1;', 'IF NOT b THEN i := 1; END_IF;'],
      [
        'FUNCTION G : INT VAR_INPUT v : INT; END_VAR IF v < 0 THEN G := 0; «RETURN;» END_IF; G := v; END_FUNCTION',
        'FUNCTION G : INT VAR_INPUT v : INT; END_VAR IF v < 0 THEN G := 0; ELSE G := v; END_IF; END_FUNCTION',
      ],
      [
        'WHILE i < 3 DO i := i + 1; IF b THEN «RETURN;» END_IF; END_WHILE;',
        'WHILE i < 3 DO i := i + 1; END_WHILE; RETURN;',
      ],
      ['CASE i OF 1: «RETURN;» ELSE j := 0; END_CASE; j := 1;', 'CASE i OF 1: j := 1; ELSE j := 0; END_CASE;'],
      ['IF b THEN i := 1; ELSE «RETURN;» END_IF; j := 1;', 'IF b THEN i := 1; j := 1; END_IF;'],
    ],
  },
  {
    code: 'ST654',
    pairs: [1, 2, 3, 4, 5].map(kind => {
      const open = ['IF b THEN', 'WHILE b DO', 'FOR i := 1 TO 2 DO', 'IF go THEN', 'IF b2 THEN'][kind - 1]!
      const close = ['END_IF;', 'b := FALSE; END_WHILE;', 'END_FOR;', 'END_IF;', 'END_IF;'][kind - 1]!
      return [
        `${'IF b THEN '.repeat(5)}«${open} j := 1; ${close}»${' END_IF;'.repeat(5)}`,
        `${'IF b THEN '.repeat(4)}${open} j := 1; ${close}${' END_IF;'.repeat(4)}`,
      ] as const
    }),
  },
  {
    code: 'ST655',
    pairs: [
      ['IF «b» THEN END_IF;', 'IF b THEN i := 1; END_IF;'],
      ['IF b THEN i := 1; ELSIF «b2» THEN END_IF;', 'IF b THEN i := 1; ELSIF b2 THEN ; END_IF;'],
      ['FOR «i» := 1 TO 3 DO END_FOR;', 'FOR i := 1 TO 3 DO j := i; END_FOR;'],
      ['WHILE «Fill(z := i)» DO END_WHILE;', 'WHILE Fill(z := i) DO j := 1; EXIT; END_WHILE;'],
      ['IF go THEN IF «i > 3» THEN END_IF; END_IF;', 'IF go THEN IF i > 3 THEN j := 1; END_IF; END_IF;'],
    ],
  },
  {
    code: 'ST656',
    pairs: [
      ['IF b THEN i := 1; ELSIF «b» THEN i := 2; END_IF;', 'IF b THEN i := 1; ELSIF b2 THEN i := 2; END_IF;'],
      [
        'IF i > 3 THEN j := 1; ELSIF i > 2 THEN j := 2; ELSIF «i > 3» THEN j := 3; END_IF;',
        'IF i > 3 THEN j := 1; ELSIF i > 2 THEN j := 2; ELSIF i > 1 THEN j := 3; END_IF;',
      ],
      [
        'IF b AND b2 THEN i := 1; ELSIF «B AND B2» THEN i := 2; END_IF;',
        'IF b AND b2 THEN i := 1; ELSIF b OR b2 THEN i := 2; END_IF;',
      ],
      [
        'IF a[1] = 0 THEN i := 1; ELSIF «a[1] = 0» THEN i := 2; END_IF;',
        'IF a[1] = 0 THEN i := 1; ELSIF a[2] = 0 THEN i := 2; END_IF;',
      ],
      [
        'IF NOT b THEN i := 1; ELSIF go THEN i := 2; ELSIF «NOT b» THEN i := 3; END_IF;',
        'IF NOT b THEN i := 1; ELSIF go THEN i := 2; ELSIF b THEN i := 3; END_IF;',
      ],
    ],
  },
]
