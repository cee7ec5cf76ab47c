import type { Negatives } from './case.ts'

const program = 'PROGRAM P VAR_INPUT i : INT; END_VAR VAR_OUTPUT o : INT; END_VAR o := i; END_PROGRAM\n'
const block = 'FUNCTION_BLOCK B VAR_OUTPUT o : INT; END_VAR o := 1; END_FUNCTION_BLOCK\n'
const cyclic = 'TASK T(INTERVAL := T#10ms, PRIORITY := 1);'
const of = (inner: string) =>
  `${program}${block}CONFIGURATION C RESOURCE R ON CPU ${inner} END_RESOURCE END_CONFIGURATION`
const flat = (inner: string) => `${program}${block}CONFIGURATION C ${inner} END_CONFIGURATION`

/** Configurations, resources and tasks (IEC 61131-3:2013, tables 62 and 63). */
export const configuration: readonly Negatives[] = [
  {
    code: 'ST311',
    pairs: [
      [of(`${cyclic} PROGRAM P1 WITH «X» : P;`), of(`${cyclic} PROGRAM P1 WITH T : P;`)],
      [of('PROGRAM P1 WITH «T» : P;'), of('PROGRAM P1 : P;')],
      [flat(`${cyclic} PROGRAM P1 WITH «Fast» : P;`), flat(`${cyclic} PROGRAM P1 WITH t : P;`)],
      [
        flat(`RESOURCE A ON CPU ${cyclic} END_RESOURCE RESOURCE D ON CPU PROGRAM P1 WITH «T» : P; END_RESOURCE`),
        flat(`RESOURCE A ON CPU ${cyclic} PROGRAM P1 WITH T : P; END_RESOURCE RESOURCE D ON CPU END_RESOURCE`),
      ],
      [of(`${cyclic} PROGRAM P1 WITH «T2» : P; PROGRAM P2 WITH T : P;`), of(`${cyclic} PROGRAM P1 WITH T : P;`)],
    ],
  },
  {
    code: 'ST312',
    pairs: [
      [of('TASK T(«CYCLE» := T#10ms, INTERVAL := T#1s);'), of('TASK T(INTERVAL := T#10ms);')],
      [of('TASK T(INTERVAL := T#1s, «PRIO» := 1);'), of('TASK T(INTERVAL := T#1s, PRIORITY := 1);')],
      [of('TASK T(«EVENT» := TRUE, INTERVAL := T#1s);'), of('TASK T(SINGLE := TRUE);')],
      [flat('TASK T(INTERVAL := T#1s, «WATCHDOG» := T#2s);'), flat('TASK T(INTERVAL := T#1s);')],
      [flat('TASK T(INTERVAL := T#1s, «5»);'), flat('TASK T(INTERVAL := T#1s, PRIORITY := 5);')],
    ],
  },
  {
    code: 'ST313',
    pairs: [
      [of('TASK T(INTERVAL := «10»);'), of('TASK T(INTERVAL := T#10ms);')],
      [of('TASK T(INTERVAL := «T#0s»);'), of('TASK T(INTERVAL := T#1ms);')],
      [of('TASK T(INTERVAL := T#1s, PRIORITY := «70000»);'), of('TASK T(INTERVAL := T#1s, PRIORITY := 65535);')],
      [of('TASK T(INTERVAL := T#1s, PRIORITY := «1.5»);'), of('TASK T(INTERVAL := T#1s, PRIORITY := 1);')],
      [of('TASK T(INTERVAL := T#1s, PRIORITY := «T#1s»);'), of('TASK T(INTERVAL := T#1s, PRIORITY := 0);')],
    ],
  },
  {
    code: 'ST314',
    pairs: [
      [of('TASK «T»(PRIORITY := 1);'), of('TASK T(INTERVAL := T#5ms, PRIORITY := 1);')],
      [of('TASK «T»;'), of('TASK T(SINGLE := FALSE);')],
      [flat('TASK «Slow»(PRIORITY := 9);'), flat('TASK Slow(SINGLE := TRUE, PRIORITY := 9);')],
      [flat('TASK «T»();'), flat('TASK T(INTERVAL := T#5ms);')],
      [of(`${cyclic} TASK «U»(PRIORITY := 2);`), of(`${cyclic} TASK U(INTERVAL := T#1m, PRIORITY := 2);`)],
    ],
  },
  {
    code: 'ST315',
    pairs: [
      [of(`${cyclic} PROGRAM P1 WITH T : «B»;`), of(`${cyclic} PROGRAM P1 WITH T : P;`)],
      [of('PROGRAM P1 : «B»;'), of('PROGRAM P1 : P;')],
      [flat('PROGRAM P1 : «b»;'), flat('PROGRAM P1 : p;')],
      [`TYPE S : STRUCT f : INT; END_STRUCT; END_TYPE\n${flat('PROGRAM P1 : «S»;')}`, flat('PROGRAM P1 : P;')],
      [
        `FUNCTION F : INT F := 1; END_FUNCTION\n${flat('PROGRAM P1 : «F»;')}`,
        `FUNCTION F : INT F := 1; END_FUNCTION\n${flat('PROGRAM P1 : P;')}`,
      ],
    ],
  },
  {
    code: 'ST316',
    pairs: [
      [of('PROGRAM P1 : P(«x» := 1);'), of('PROGRAM P1 : P(i := 1);')],
      [
        flat('VAR_GLOBAL g : INT; END_VAR PROGRAM P1 : P(«i» => g);'),
        flat('VAR_GLOBAL g : INT; END_VAR PROGRAM P1 : P(o => g);'),
      ],
      [flat('PROGRAM P1 : P(i := 1, «k» := 2);'), flat('PROGRAM P1 : P(i := 1);')],
      [
        flat('VAR_GLOBAL g : INT; END_VAR PROGRAM P1 : P(«q» => g);'),
        flat('VAR_GLOBAL g : INT; END_VAR PROGRAM P1 : P(i := 2, o => g);'),
      ],
      [of('PROGRAM P1 : P(«I2» := 1);'), of('PROGRAM P1 : P(I := 1);')],
    ],
  },
]
