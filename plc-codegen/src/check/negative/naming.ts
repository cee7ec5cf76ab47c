import type { Negatives } from './case.ts'

const block = (declaration: string, body: string) =>
  `FUNCTION_BLOCK G VAR ${declaration} END_VAR ${body} END_FUNCTION_BLOCK`
const pair = (wrong: string, right: string, type = 'INT', value = '1'): readonly [string, string] => [
  block(`«${wrong}» : ${type};`, `${wrong} := ${value};`),
  block(`${right} : ${type};`, `${right} := ${value};`),
]

/** Rules about names. */
export const naming: readonly Negatives[] = [
  {
    code: 'ST636',
    pairs: [
      ['«%QX0.0» := TRUE;', 'q := TRUE;'],
      ['b := «%IX0.1»;', 'b := go;'],
      ['IF «%MX3.2» THEN i := 1; END_IF;', 'IF b THEN i := 1; END_IF;'],
      ['w := «%IW4»;', 'w := 16#FF;'],
      [
        'PROGRAM P VAR c : BOOL; END_VAR c := «%IX1.0»; END_PROGRAM',
        'PROGRAM P VAR c AT %IX1.0 : BOOL; d : BOOL; END_VAR d := c; END_PROGRAM',
      ],
    ],
  },
  {
    code: 'ST637',
    pairs: [
      pair('run', 'xRun', 'BOOL', 'TRUE'),
      pair('count', 'nCount'),
      pair('level', 'fLevel', 'REAL', '1.0'),
      pair('delay', 'tDelay', 'TIME', 'T#1s'),
      pair('text', 'sText', 'STRING', "'a'"),
      pair('xCount', 'nCount'),
    ],
  },
  {
    code: 'ST638',
    pairs: [
      pair('SIN', 'sine'),
      pair('Limit', 'bound'),
      pair('Ton', 'delay2'),
      pair('ctu', 'counter'),
      pair('Max', 'greatest'),
      pair('abs', 'amount'),
    ],
  },
  {
    code: 'ST639',
    pairs: [
      [block('Level : INT;', '«level» := 1;'), block('Level : INT;', 'Level := 1;')],
      [block('run : BOOL;', 'run := NOT «Run»;'), block('run : BOOL;', 'run := NOT run;')],
      [block('a1, b1 : INT;', 'a1 := «B1»;'), block('a1, b1 : INT;', 'a1 := b1;')],
      [
        block('motorOn : BOOL;', 'IF «MotorOn» THEN motorOn := FALSE; END_IF;'),
        block('motorOn : BOOL;', 'IF motorOn THEN motorOn := FALSE; END_IF;'),
      ],
      [
        block('k : INT; m : ARRAY[0..2] OF INT;', 'm[«K»] := 1;'),
        block('k : INT; m : ARRAY[0..2] OF INT;', 'm[k] := 1;'),
      ],
    ],
  },
  {
    code: 'ST640',
    pairs: ['level', 'run', 'Pressure', 'valve1', 'state'].map(
      name =>
        [
          `VAR_GLOBAL ${name} : INT; END_VAR PROGRAM P VAR «${name}» : INT; END_VAR ${name} := 1; END_PROGRAM`,
          `VAR_GLOBAL ${name} : INT; END_VAR PROGRAM P VAR own_${name} : INT; END_VAR own_${name} := ${name}; END_PROGRAM`,
        ] as const,
    ),
  },
  {
    code: 'ST641',
    pairs: [
      pair('l', 'level'),
      pair('Q', 'out'),
      pair('a', 'angle'),
      pair('thisNameIsLongerThanAnyoneWillRead', 'aNameOfThirtyTwoCharactersIsFine'),
      pair('w', 'i'),
    ],
  },
  {
    code: 'ST642',
    pairs: [
      pair('flow__1', 'flow_1'),
      pair('end_', 'end_1'),
      pair('__hidden', '_hidden'),
      pair('a__b', 'a_b'),
      pair('last__', 'last_1'),
    ],
  },
  {
    code: 'ST643',
    pairs: ['Pump', 'Valve', 'Mixer', 'Belt', 'Tank'].map(
      name =>
        [
          `FUNCTION_BLOCK ${name} VAR o : INT; END_VAR o := 1; END_FUNCTION_BLOCK PROGRAM P VAR «${name}» : INT; END_VAR ${name} := 1; END_PROGRAM`,
          `FUNCTION_BLOCK ${name} VAR o : INT; END_VAR o := 1; END_FUNCTION_BLOCK PROGRAM P VAR ${name}1 : ${name}; END_VAR ${name}1(); END_PROGRAM`,
        ] as const,
    ),
  },
  {
    code: 'ST644',
    pairs: [
      ...['Recipe', 'Motor', 'Item'].map(
        name =>
          [
            `TYPE ${name} : STRUCT f : INT; END_STRUCT; END_TYPE PROGRAM P VAR «v» : ${name}; END_VAR v.f := 1; END_PROGRAM`,
            `TYPE ST_${name} : STRUCT f : INT; END_STRUCT; END_TYPE PROGRAM P VAR v : ST_${name}; END_VAR v.f := 1; END_PROGRAM`,
          ] as const,
      ),
      ...['Mode', 'Step'].map(
        name =>
          [
            `TYPE ${name} : (Off, On); END_TYPE PROGRAM P VAR «v» : ${name}; END_VAR v := On; END_PROGRAM`,
            `TYPE E_${name} : (Off, On); END_TYPE PROGRAM P VAR v : E_${name}; END_VAR v := On; END_PROGRAM`,
          ] as const,
      ),
    ],
  },
]
