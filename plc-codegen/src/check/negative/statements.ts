import type { Negatives } from './case.ts'

/** Statements. */
export const statements: readonly Negatives[] = [
  {
    code: 'ST501',
    pairs: [
      ['«EXIT;»', 'WHILE b DO EXIT; END_WHILE;'],
      ['«CONTINUE;»', 'FOR i := 1 TO 3 DO CONTINUE; END_FOR;'],
      ['IF b THEN «EXIT;» END_IF;', 'WHILE b DO IF b2 THEN EXIT; END_IF; b := FALSE; END_WHILE;'],
      ['FOR i := 1 TO 3 DO j := i; END_FOR; «EXIT;»', 'FOR i := 1 TO 3 DO j := i; EXIT; END_FOR;'],
      ['CASE i OF 1: «CONTINUE;» ELSE j := 1; END_CASE;', 'CASE i OF 1: RETURN; ELSE j := 1; END_CASE;'],
    ],
  },
  {
    code: 'ST502',
    pairs: [
      ['«K3» := 1;', 'i := K3;'],
      ['FOR «K3» := 1 TO 3 DO j := 1; END_FOR;', 'FOR k := 1 TO K3 DO j := 1; END_FOR;'],
      ['IF b THEN «K3» := i; END_IF;', 'IF b THEN i := K3; END_IF;'],
      [
        'VAR_GLOBAL CONSTANT g : INT := 1; END_VAR PROGRAM P «g» := 2; END_PROGRAM',
        'VAR_GLOBAL g : INT := 1; END_VAR PROGRAM P g := 2; END_PROGRAM',
      ],
      ['«K3» := K3 + 1;', 'i := K3 + 1;'],
    ],
  },
  {
    code: 'ST503',
    pairs: [
      ['«Twice» := 1;', 'i := Twice(1);'],
      ['«Red» := 1;', 'e := Red;'],
      ['«TON» := b;', 'b := tm.Q;'],
      ['«Fill» := TRUE;', 'b := Fill(z := i);'],
      ['«Green» := Red;', 'e := Green;'],
    ],
  },
  {
    code: 'ST504',
    pairs: [
      [
        'CASE i OF 1: j := 1; «1»: j := 2; ELSE j := 0; END_CASE;',
        'CASE i OF 1: j := 1; 2: j := 2; ELSE j := 0; END_CASE;',
      ],
      [
        'CASE i OF 1..5: j := 1; «3»: j := 2; ELSE j := 0; END_CASE;',
        'CASE i OF 1..5: j := 1; 6: j := 2; ELSE j := 0; END_CASE;',
      ],
      [
        'CASE e OF Red: j := 1; «Red»: j := 2; ELSE j := 0; END_CASE;',
        'CASE e OF Red: j := 1; Green: j := 2; END_CASE;',
      ],
      ['CASE i OF 1, «1»: j := 1; ELSE j := 0; END_CASE;', 'CASE i OF 1, 2: j := 1; ELSE j := 0; END_CASE;'],
      [
        'CASE i OF K3: j := 1; «3»: j := 2; ELSE j := 0; END_CASE;',
        'CASE i OF K3: j := 1; 4: j := 2; ELSE j := 0; END_CASE;',
      ],
    ],
  },
  {
    code: 'ST505',
    pairs: [
      ['FOR «x» := 1 TO 3 DO j := 1; END_FOR;', 'FOR i := 1 TO 3 DO j := 1; END_FOR;'],
      ['FOR «b» := 1 TO 3 DO j := 1; END_FOR;', 'FOR k := 1 TO 3 DO j := 1; END_FOR;'],
      ['FOR «t» := 1 TO 3 DO j := 1; END_FOR;', 'FOR d := 1 TO 3 DO j := 1; END_FOR;'],
      ['FOR «s» := 1 TO 3 DO j := 1; END_FOR;', 'FOR u := 1 TO 3 DO j := 1; END_FOR;'],
      ['FOR «l» := 1 TO 3 DO j := 1; END_FOR;', 'FOR ll := 1 TO 3 DO j := 1; END_FOR;'],
    ],
  },
  {
    code: 'ST506',
    pairs: [
      ['«GOTO nowhere;»', 'GOTO here; here: i := 1;'],
      ['IF b THEN «GOTO out;» END_IF;', 'IF b THEN GOTO out; END_IF; out: i := 1;'],
      ['here: i := 1; «GOTO there;»', 'here: i := 1; GOTO here;'],
      ['WHILE b DO «GOTO done;» END_WHILE;', 'WHILE b DO GOTO done; END_WHILE; done: i := 1;'],
      ['«GOTO l1;» l2: i := 1;', 'GOTO l2; l2: i := 1;'],
    ],
  },
  {
    code: 'ST507',
    pairs: [
      ['FOR i := 1 TO 3 BY «0» DO j := 1; END_FOR;', 'FOR i := 3 TO 1 BY -1 DO j := 1; END_FOR;'],
      ['FOR d := 1 TO 3 BY «0» DO j := 1; END_FOR;', 'FOR d := 1 TO 3 BY 1 DO j := 1; END_FOR;'],
      ['FOR i := 1 TO 3 BY «(2 - 2)» DO j := 1; END_FOR;', 'FOR i := 1 TO 3 BY (2 - 1) DO j := 1; END_FOR;'],
      ['FOR i := 1 TO 9 BY «K3 - 3» DO j := 1; END_FOR;', 'FOR i := 1 TO 9 BY K3 DO j := 1; END_FOR;'],
      ['FOR k := 3 TO 1 BY «-0» DO j := 1; END_FOR;', 'FOR k := 3 TO 1 BY -2 DO j := 1; END_FOR;'],
    ],
  },
  {
    code: 'ST508',
    pairs: [
      ['CASE «x» OF 1: j := 1; END_CASE;', 'CASE e OF Red: j := 1; Green: j := 2; END_CASE;'],
      ['CASE «y» OF 1: j := 1; ELSE j := 0; END_CASE;', 'CASE i OF 1: j := 1; ELSE j := 0; END_CASE;'],
      ['CASE «s» OF 1: j := 1; ELSE j := 0; END_CASE;', 'CASE d OF 1: j := 1; ELSE j := 0; END_CASE;'],
      ['CASE «t» OF 1: j := 1; ELSE j := 0; END_CASE;', 'CASE u OF 1: j := 1; ELSE j := 0; END_CASE;'],
      ['CASE «l» OF 1: j := 1; ELSE j := 0; END_CASE;', 'CASE ll OF 1: j := 1; ELSE j := 0; END_CASE;'],
    ],
  },
]
