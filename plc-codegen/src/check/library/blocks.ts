/**
 * Interfaces of the standard function blocks in the language itself (IEC 61131-3:2013, tables 43-46). What they do is
 * in `run/blocks/`; a test holds both lists equal.
 */
const block = (name: string, inputs: string, outputs: string) =>
  `FUNCTION_BLOCK ${name} VAR_INPUT ${inputs} END_VAR VAR_OUTPUT ${outputs} END_VAR END_FUNCTION_BLOCK\n`

const timer = (name: string, type: string) => block(name, `IN : BOOL; PT : ${type};`, `Q : BOOL; ET : ${type};`)
const counter = (type: string, ending: string) =>
  block(`CTU${ending}`, `CU : BOOL; R : BOOL; PV : ${type};`, `Q : BOOL; CV : ${type};`) +
  block(`CTD${ending}`, `CD : BOOL; LD : BOOL; PV : ${type};`, `Q : BOOL; CV : ${type};`) +
  block(
    `CTUD${ending}`,
    `CU : BOOL; CD : BOOL; R : BOOL; LD : BOOL; PV : ${type};`,
    `QU : BOOL; QD : BOOL; CV : ${type};`,
  )

export const standardBlocks: string = [
  ...['TON', 'TOF', 'TP'].flatMap(name => [
    timer(name, 'TIME'),
    timer(`${name}_TIME`, 'TIME'),
    timer(`${name}_LTIME`, 'LTIME'),
    timer(`L${name}`, 'LTIME'),
  ]),
  ...['INT', 'DINT', 'LINT', 'UDINT', 'ULINT'].map(type => counter(type, type === 'INT' ? '' : `_${type}`)),
  block('R_TRIG', 'CLK : BOOL;', 'Q : BOOL;'),
  block('F_TRIG', 'CLK : BOOL;', 'Q : BOOL;'),
  block('SR', 'SET1 : BOOL; RESET : BOOL;', 'Q1 : BOOL;'),
  block('RS', 'SET : BOOL; RESET1 : BOOL;', 'Q1 : BOOL;'),
].join('')
