import { describe, expect, test } from 'vitest'
import { standardBlocks } from '../check/library/blocks.ts'
import { standardNames } from '../check/library/functions.ts'
import type { Dialect } from '../syntax/dialect.ts'
import { standardBlockSteps } from './blocks/index.ts'
import { loadProgram } from './program.ts'
import { runTrace } from './trace.ts'

/** Runs statements once and gives the value of `r`, declared with a type. */
function resultOf(type: string, statements: string, extra = '', dialect: Dialect = 'codesys'): unknown {
  const text = `FUNCTION_BLOCK F VAR_OUTPUT r : ${type}; END_VAR VAR ${extra} END_VAR\n${statements}\nEND_FUNCTION_BLOCK`
  const found = runTrace(text, 'F', { scans: 1 }, { dialect })
  if (!found.ok) throw new Error(JSON.stringify(found.diagnostics))
  return found.traps[0]?.code ?? found.outputs.r?.[0]
}

describe('arithmetic follows the type', () => {
  test.each([
    ['SINT', 'r := 127; r := r + 1;', -128],
    ['INT', 'r := 32767; r := r + 1;', -32768],
    ['INT', 'r := -32768; r := -r;', -32768],
    ['INT', 'r := 300; r := r * 300;', 24464],
    ['UINT', 'r := 0; r := r - 1;', 65535],
    ['USINT', 'r := 200; r := r + 100;', 44],
    ['DINT', 'r := 2147483647; r := r + 1;', -2147483648],
    ['DINT', 'r := 123456789; r := r * 1000;', Number(BigInt.asIntN(32, 123456789n * 1000n))],
    ['UDINT', 'r := 0; r := r - 1;', 4294967295],
    ['UDINT', 'r := 4294967295; r := r * r;', 1],
    ['LINT', 'r := 9223372036854775807; r := r + 1;', '-9223372036854775808'],
    ['ULINT', 'r := 0; r := r - 1;', '18446744073709551615'],
    ['LINT', 'r := 7; r := r / -2;', -3],
    ['INT', 'r := -7 / 2;', -3],
    ['INT', 'r := -7; r := r MOD 3;', -1],
    ['REAL', 'r := 0.1; r := r + 0.2;', Math.fround(Math.fround(0.1) + Math.fround(0.2))],
    ['LREAL', 'r := 0.1; r := r + 0.2;', 0.1 + 0.2],
    ['REAL', 'r := 16777216.0; r := r + 1.0;', 16777216],
    ['REAL', 'r := 1.0; r := r / 0.0;', 'Infinity'],
    ['REAL', 'r := 5 / 2;', 2],
    ['REAL', 'r := 2.0 ** 3;', 8],
    ['INT', 'r := r / r;', 'ST702'],
    ['TIME', 'r := T#1s; r := r * 2 + T#500ms;', 2500],
    ['TIME', 'r := T#1s / 3;', 333],
    ['WORD', 'r := 16#F0F0 AND 16#FF00 OR 16#0001;', 0xf001],
    ['WORD', 'r := WORD#16#00FF; r := NOT r;', 0xff00],
    ['BYTE', 'r := SHL(BYTE#16#81, 1);', 2],
    ['BYTE', 'r := ROL(BYTE#16#81, 1);', 3],
    ['WORD', 'r := SHR(WORD#16#8000, 15);', 1],
    ['DWORD', 'r := SHL(DWORD#1, 32);', 0],
    ['DWORD', 'r := ROR(DWORD#1, 1);', 0x80000000],
    ['LWORD', 'r := SHL(LWORD#1, 63);', '9223372036854775808'],
    ['INT', 'r := REAL_TO_INT(2.5) * 10 + REAL_TO_INT(3.5);', 24],
    ['INT', 'r := REAL_TO_INT(-2.6);', -3],
    ['DINT', 'r := TRUNC(-2.6);', -2],
    ['INT', 'r := DINT_TO_INT(70000);', 4464],
    ['INT', "r := STRING_TO_INT('-12x');", -12],
    ['STRING', 'r := INT_TO_STRING(-5);', '-5'],
    ['STRING', 'r := REAL_TO_STRING(1.5);', '1.5'],
    ['STRING', 'r := TIME_TO_STRING(T#1m2s);', 'T#1m2s'],
    ['DWORD', 'r := TIME_TO_DWORD(T#1s5ms);', 1005],
    ['DWORD', 'r := DT_TO_DWORD(DT#1970-01-02-00:00:01);', 86401],
    ['INT', 'r := LIMIT(0, 12, 10) + MAX(1, 5, 3) + MIN(4, 2) + SEL(TRUE, 1, 2) + MUX(1, 10, 20);', 39],
    ['INT', "r := LEN('abc') + FIND('abcdef', 'cd');", 6],
    ['STRING', "r := CONCAT(LEFT('hello', 2), RIGHT('world', 2), MID('middle', 3, 2));", 'heldidd'],
    ['STRING', "r := REPLACE(INSERT('ad', 'bc', 1), 'X', 2, 1);", 'Xcd'],
    ['STRING', "r := DELETE('abcde', 2, 2);", 'ade'],
    ['STRING[3]', "r := 'abcdef';", 'abc'],
    ['BOOL', 'r := GT(3, 2, 1) AND NE(1, 2) AND LE(1, 1);', true],
  ] as [string, string, unknown][])('%s: %s = %s', (type, statements, wanted) => {
    expect(resultOf(type, statements)).toBe(wanted)
  })
})

describe('statements', () => {
  test.each([
    [
      'FOR counts and leaves its variable one step further',
      'FOR i := 1 TO 4 DO r := r + i; END_FOR; r := r * 100 + i;',
      1005,
    ],
    ['FOR down', 'FOR i := 3 TO 1 BY -1 DO r := r * 10 + i; END_FOR;', 321],
    ['FOR to the end of its type ends', 'FOR k := 250 TO 255 DO r := r + 1; END_FOR;', 6],
    ['FOR bounds are taken once', 'i := 3; FOR k := 1 TO i DO i := 9; r := r + 1; END_FOR;', 3],
    [
      'EXIT and CONTINUE',
      'FOR i := 1 TO 9 DO IF i = 3 THEN CONTINUE; END_IF; IF i = 6 THEN EXIT; END_IF; r := r * 10 + i; END_FOR;',
      1245,
    ],
    ['REPEAT runs at least once', 'REPEAT r := r + 1; UNTIL TRUE END_REPEAT;', 1],
    ['WHILE', 'WHILE r < 5 DO r := r + 2; END_WHILE;', 6],
    ['CASE with ranges', 'i := 7; CASE i OF 1: r := 1; 2..5, 7: r := 2; ELSE r := 3; END_CASE;', 2],
    ['CASE takes the branch that fits', 'i := 3; CASE i OF 1..5: r := 1; 6..9: r := 2; END_CASE;', 1],
    ['RETURN', 'r := 1; RETURN; r := 2;', 1],
    ['AND stops at FALSE', 'IF i > 0 AND a[i] > 0 THEN r := 1; ELSE r := 2; END_IF;', 2],
    ['index out of bounds traps', 'i := 9; r := a[i];', 'ST701'],
    ['a loop without end traps', 'WHILE TRUE DO r := r; END_WHILE;', 'ST704'],
    ['a null pointer traps', 'r := p^;', 'ST703'],
    ['pointers reach variables and elements', 'p := ADR(a[2]); p^ := 5; p := ADR(i); p^ := 3; r := a[2] * 10 + i;', 53],
    ['references', 'q REF= i; q := 4; r := i;', 4],
    ['bits', 'i.3 := TRUE; r := i; IF i.3 THEN r := r + 1; END_IF;', 9],
    [
      'set and reset',
      'b S= TRUE; b S= FALSE; IF b THEN r := 1; END_IF; b R= TRUE; IF NOT b THEN r := r + 1; END_IF;',
      2,
    ],
    ['chained assignment', 'r := i := 7; r := r + i;', 14],
  ] as const)('%s', (_, statements, wanted) => {
    expect(
      resultOf(
        'INT',
        statements,
        'i : INT; k : USINT; a : ARRAY[1..3] OF INT; p : POINTER TO INT; q : REFERENCE TO INT; b : BOOL;',
      ),
    ).toBe(wanted)
  })

  test('arrays and structures are copied, not shared', () => {
    const text = `TYPE S : STRUCT n : INT := 4; a : ARRAY[0..1] OF INT := [1, 2]; END_STRUCT; END_TYPE
FUNCTION_BLOCK F VAR_OUTPUT x, y : S; m : ARRAY[0..1, 1..2] OF INT := [1, 2, 2(7)]; END_VAR y := x; y.a[1] := 9; m[1, 1] := 5; END_FUNCTION_BLOCK`
    expect(runTrace(text, 'F', {})).toMatchObject({
      outputs: {
        x: [{ n: 4, a: [1, 2] }],
        y: [{ n: 4, a: [1, 9] }],
        m: [
          [
            [1, 2],
            [5, 7],
          ],
        ],
      },
    })
  })

  test('functions start anew, take in-outs by reference and give outputs', () => {
    const text = `FUNCTION G : INT VAR_INPUT a : INT := 2; END_VAR VAR_IN_OUT io : INT; END_VAR VAR_OUTPUT o : INT; END_VAR VAR n : INT; END_VAR n := n + 1; io := io + a; o := n; G := a * 10; END_FUNCTION
FUNCTION_BLOCK F VAR_OUTPUT r, s, t : INT; END_VAR r := G(io := s, o => t) + G(a := 5, io := s, o => t); END_FUNCTION_BLOCK`
    expect(runTrace(text, 'F', {})).toMatchObject({ outputs: { r: [70], s: [7], t: [1] } })
  })

  test('methods, inheritance, properties and calls through the base', () => {
    const text = `FUNCTION_BLOCK Base VAR v : INT := 1; END_VAR METHOD Get : INT Get := v; END_METHOD METHOD Twice : INT Twice := THIS^.Get() * 2; END_METHOD END_FUNCTION_BLOCK
FUNCTION_BLOCK Derived EXTENDS Base METHOD Get : INT Get := SUPER^.Get() + 10; END_METHOD PROPERTY P : INT GET P := v; END_GET SET v := P; END_SET END_PROPERTY END_FUNCTION_BLOCK
FUNCTION_BLOCK F VAR_OUTPUT r, s : INT; END_VAR VAR d : Derived; END_VAR r := d.Twice(); d.P := 5; s := d.P + d.Get(); END_FUNCTION_BLOCK`
    expect(runTrace(text, 'F', {})).toMatchObject({ ok: true, traps: [], outputs: { r: [22], s: [20] } })
  })

  test('VAR_TEMP starts anew, VAR keeps its value, globals are shared', () => {
    const text = `VAR_GLOBAL g : INT := 3; END_VAR
FUNCTION_BLOCK Inner g := g + 1; END_FUNCTION_BLOCK
FUNCTION_BLOCK F VAR_OUTPUT r : INT; END_VAR VAR n : INT; i : Inner; END_VAR VAR_TEMP t : INT; END_VAR n := n + 1; t := t + 1; i(); r := g * 100 + n * 10 + t; END_FUNCTION_BLOCK`
    expect(runTrace(text, 'F', { scans: 2 })).toMatchObject({ outputs: { r: [411, 521] } })
  })

  test('a trap ends its scan, is placed, and the next scan goes on', () => {
    const text =
      'FUNCTION_BLOCK F\nVAR_INPUT i : INT; END_VAR\nVAR_OUTPUT r, n : INT; END_VAR\nn := n + 1;\nr := 10 / i;\nn := n + 1;\nEND_FUNCTION_BLOCK'
    expect(runTrace(text, 'F', { inputs: { i: [0, 5] } })).toMatchObject({
      outputs: { n: [1, 3], r: [0, 2] },
      traps: [{ scan: 0, code: 'ST702', line: 5 }],
    })
  })

  test.each([
    [
      'an edge input',
      'FUNCTION_BLOCK F VAR_INPUT a : BOOL R_EDGE; END_VAR VAR n : INT; END_VAR IF a THEN n := n + 1; END_IF; END_FUNCTION_BLOCK',
    ],
    [
      'a union',
      'TYPE U : UNION a : INT; b : WORD; END_UNION; END_TYPE FUNCTION_BLOCK F VAR u : U; END_VAR u.a := 1; END_FUNCTION_BLOCK',
    ],
    [
      'pointer arithmetic',
      'FUNCTION_BLOCK F VAR i : INT; p : POINTER TO INT; END_VAR p := ADR(i); p := p + 2; END_FUNCTION_BLOCK',
    ],
    ['a jump', 'FUNCTION_BLOCK F VAR i : INT; END_VAR l: i := i + 1; GOTO l; END_FUNCTION_BLOCK'],
  ])('what is not simulated traps and says so: %s', (_, text) => {
    expect(runTrace(text, 'F', {})).toMatchObject({ ok: true, traps: [{ code: 'ST705' }] })
  })

  test('coverage counts statements and branches', () => {
    const text =
      'FUNCTION_BLOCK F VAR_INPUT a : BOOL; END_VAR VAR_OUTPUT q : INT; END_VAR IF a THEN q := 1; ELSE q := 2; END_IF; END_FUNCTION_BLOCK'
    expect(runTrace(text, 'F', { inputs: { a: [true] } })).toMatchObject({
      coverage: { statements: 2 / 3, branches: 0.5 },
    })
    expect(runTrace(text, 'F', { inputs: { a: [true, false] } })).toMatchObject({
      coverage: { statements: 1, branches: 1 },
    })
  })

  test('what does not compile, or uses what is not there, is not run', () => {
    expect(loadProgram('PROGRAM P x := 1; END_PROGRAM', 'P')).toMatchObject({
      ok: false,
      diagnostics: [{ code: 'ST303', severity: 'error' }],
    })
    expect(loadProgram('PROGRAM P END_PROGRAM', 'Q')).toMatchObject({ ok: false, diagnostics: [{ code: 'ST706' }] })
  })
})

describe('standard blocks at the edges of cycles', () => {
  const trace = (block: string, call: string, inputs: Record<string, unknown[]>, watch: string[]) => {
    const vars = Object.keys(inputs)
      .map(name => `${name} : BOOL;`)
      .join(' ')
    const found = runTrace(
      `FUNCTION_BLOCK F VAR_INPUT ${vars} END_VAR VAR b : ${block}; END_VAR b(${call}); END_FUNCTION_BLOCK`,
      'F',
      { cycle_ms: 100, inputs, watch: watch.map(each => `b.${each}`) },
    )
    if (!found.ok) throw new Error(JSON.stringify(found.diagnostics))
    return Object.fromEntries(watch.map(each => [each, found.outputs[`b.${each}`]]))
  }
  const bits = (text: string) => [...text].map(c => c === '1')

  test('TON: Q when the time has passed, reset at once', () => {
    expect(trace('TON', 'IN := a, PT := T#250ms', { a: bits('0111110110') }, ['Q', 'ET'])).toEqual({
      Q: bits('0000110000'),
      ET: [0, 0, 100, 200, 250, 250, 0, 0, 100, 0],
    })
  })

  test('TON with no time is on at once', () => {
    expect(trace('TON', 'IN := a, PT := T#0s', { a: bits('010') }, ['Q'])).toEqual({ Q: bits('010') })
  })

  test('TOF: Q holds on after IN falls', () => {
    expect(trace('TOF', 'IN := a, PT := T#200ms', { a: bits('0100001') }, ['Q', 'ET'])).toEqual({
      Q: bits('0111001'),
      ET: [0, 0, 0, 100, 200, 200, 0],
    })
  })

  test('TP: a pulse of its length, not started again while it runs', () => {
    expect(trace('TP', 'IN := a, PT := T#200ms', { a: bits('0110111100') }, ['Q', 'ET'])).toEqual({
      Q: bits('0110110000'),
      ET: [0, 0, 100, 0, 0, 100, 200, 200, 0, 0],
    })
  })

  test('R_TRIG and F_TRIG', () => {
    expect(trace('R_TRIG', 'CLK := a', { a: bits('110101') }, ['Q'])).toEqual({ Q: bits('100101') })
    expect(trace('F_TRIG', 'CLK := a', { a: bits('010011') }, ['Q'])).toEqual({ Q: bits('001000') })
  })

  test('SR is set dominant, RS reset dominant', () => {
    expect(trace('SR', 'SET1 := s, RESET := r', { s: bits('010010'), r: bits('000110') }, ['Q1'])).toEqual({
      Q1: bits('011011'),
    })
    expect(trace('RS', 'SET := s, RESET1 := r', { s: bits('010010'), r: bits('000110') }, ['Q1'])).toEqual({
      Q1: bits('011000'),
    })
  })

  test('CTU, CTD and CTUD count edges', () => {
    expect(trace('CTU', 'CU := a, R := r, PV := 2', { a: bits('1101010'), r: bits('0000001') }, ['Q', 'CV'])).toEqual({
      Q: bits('0001110'),
      CV: [1, 1, 1, 2, 2, 3, 0],
    })
    expect(trace('CTD', 'CD := a, LD := l, PV := 2', { a: bits('0101010'), l: bits('1000000') }, ['Q', 'CV'])).toEqual({
      Q: bits('0001111'),
      CV: [2, 1, 1, 0, 0, -1, -1],
    })
    expect(
      trace('CTUD', 'CU := u, CD := d, R := FALSE, LD := FALSE, PV := 1', { u: bits('10110'), d: bits('00101') }, [
        'CV',
        'QU',
        'QD',
      ]),
    ).toEqual({
      CV: [1, 1, 1, 1, 0],
      QU: bits('11110'),
      QD: bits('00001'),
    })
  })
})

describe('what the checker knows the simulator can do', () => {
  test('every standard block', () => {
    const declared = [...standardBlocks.matchAll(/FUNCTION_BLOCK (\w+)/g)].map(each => each[1])
    expect([...standardBlockSteps.keys()].sort()).toEqual([...new Set(declared)].sort())
  })

  const calls: Record<string, string> = {
    SEL: 'TRUE, 1, 2',
    LIMIT: '1, 2, 3',
    MUX: '0, 1, 2',
    NOT: 'WORD#1',
    ABS: '1',
    MOVE: '1',
    TRUNC: '1.5',
    TRUNC_INT: '1.5',
    LEN: "'a'",
    LEFT: "'a', 1",
    RIGHT: "'a', 1",
    MID: "'a', 1, 1",
    DELETE: "'a', 1, 1",
    INSERT: "'a', 'b', 1",
    REPLACE: "'a', 'b', 1, 1",
    CONCAT: "'a', 'b'",
    FIND: "'a', 'b'",
    ADD_TOD_TIME: 'TOD#12:00:00, T#1s',
    ADD_DT_TIME: 'DT#2026-01-01-00:00:00, T#1s',
    SUB_DATE_DATE: 'D#2026-01-02, D#2026-01-01',
    SUB_TOD_TIME: 'TOD#12:00:00, T#1s',
    SUB_TOD_TOD: 'TOD#12:00:00, TOD#11:00:00',
    SUB_DT_TIME: 'DT#2026-01-01-00:00:00, T#1s',
    SUB_DT_DT: 'DT#2026-01-02-00:00:00, DT#2026-01-01-00:00:00',
    CONCAT_DATE_TOD: 'D#2026-01-01, TOD#12:00:00',
    ADD_TIME: 'T#1s, T#2s',
    SUB_TIME: 'T#1s, T#2s',
    MUL_TIME: 'T#1s, 2',
    DIV_TIME: 'T#1s, 2',
    ADD_LTIME: 'LT#1s, LT#2s',
    SUB_LTIME: 'LT#1s, LT#2s',
    MUL_LTIME: 'LT#1s, 2',
    DIV_LTIME: 'LT#1s, 2',
    ADD_LTOD_LTIME: 'LTOD#12:00:00, LT#1s',
    SUB_LTOD_LTIME: 'LTOD#12:00:00, LT#1s',
    SUB_LTOD_LTOD: 'LTOD#12:00:00, LTOD#11:00:00',
    ADD_LDT_LTIME: 'LDT#2026-01-01-00:00:00, LT#1s',
    SUB_LDT_LTIME: 'LDT#2026-01-01-00:00:00, LT#1s',
    SUB_LDT_LDT: 'LDT#2026-01-02-00:00:00, LDT#2026-01-01-00:00:00',
    SUB_LDATE_LDATE: 'LDATE#2026-01-02, LDATE#2026-01-01',
    CONCAT_DATE: '2026, 1, 2',
    CONCAT_TOD: '1, 2, 3, 4',
    CONCAT_DT: '2026, 1, 2, 3, 4, 5, 6',
    MULTIME: 'T#1s, 2',
    DIVTIME: 'T#1s, 2',
    SHL: 'WORD#1, 1',
    SHR: 'WORD#1, 1',
    ROL: 'WORD#1, 1',
    ROR: 'WORD#1, 1',
  }
  test.each(standardNames.map(name => [name]))('%s runs', name => {
    const one = /^(?:SQRT|LN|LOG|EXP|SIN|COS|TAN|ASIN|ACOS|ATAN)$/.test(name)
    const args = calls[name] ?? (one ? '0.5' : '3, 2')
    const callable = name === 'AND' || name === 'OR' || name === 'XOR' ? 'WORD#1, WORD#2' : args
    const text = `FUNCTION_BLOCK F VAR a, b : BOOL; END_VAR a := ${name}(${callable}) = ${name}(${callable}); b := TRUE; END_FUNCTION_BLOCK`
    expect(runTrace(text, 'F', { watch: ['a', 'b'] })).toMatchObject({
      ok: true,
      traps: [],
      outputs: { a: [true], b: [true] },
    })
  })
})
