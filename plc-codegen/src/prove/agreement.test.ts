import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readyUnit, startUnit } from '../run/program.ts'
import { createBench } from './bench.ts'
import { TooLarge } from './gates.ts'
import { buildModel, type Model } from './model.ts'
import { createRandom } from './random.ts'
import { evaluateGates } from './simulate.ts'
import { comparable, simulatorCells } from './simulator-cells.ts'
import { Unsupported } from './symbolic/machine.ts'
import { constantsOf, poolOf } from './values.ts'

/** Runs gates and simulator side by side on random inputs; the number of scans compared, or why none were. */
function compare(text: string, pou: string, scans: number, seed: number): number | string {
  const ready = readyUnit(text, pou)
  if (!ready.ok) return 'does not compile'
  const unit = startUnit(ready.checked, ready.pou, ready.dialect, text, 'en')
  let model: Model
  try {
    model = buildModel(unit, [], 400_000)
  } catch (error) {
    if (error instanceof Unsupported) return error.message
    if (error instanceof TooLarge) return 'too large'
    throw error
  }
  if (model.unknowns.length > 0) return 'something is left open'
  const bench = createBench(ready.checked, ready.pou, ready.dialect, text, [])
  if (bench.inputs.some(each => !comparable(each.type))) return 'inputs that gates do not hold'
  const random = createRandom(seed)
  const constants = constantsOf([])
  const pools = bench.inputs.map(each => poolOf(each.type, constants))
  const index = new Map(model.states.map((each, i) => [each.now >> 1, i]))
  const cycleMs = random.pick([1, 10, 100, 1000])
  let state = model.states.map(each => each.start ?? false)
  model.cycle.forEach((bit, i) => {
    state[index.get(bit >> 1)!] = Math.floor(cycleMs / 2 ** i) % 2 === 1
  })
  let values = pools.map(each => random.pick(each.interesting))
  for (let scan = 0; scan < scans; scan += 1) {
    values = values.map((each, i) => {
      const mode = random.next()
      return mode < 0.5 ? each : mode < 0.8 ? random.pick(pools[i]!.interesting) : pools[i]!.random(random)
    })
    const inputs = model.inputBits(values)
    const held = state
    const bit = evaluateGates(model, node => {
      const i = index.get(node)
      return i === undefined ? (inputs.get(node * 2) ?? false) : held[i]!
    })
    if (bit(model.overrun)) return scan === 0 ? 'a loop that is not unrolled' : scan
    state = model.states.map(each => bit(each.next))
    bench.scan(values, cycleMs)
    const simulated = simulatorCells(bench.unit)
    for (const { name, next } of model.cells) {
      if (!simulated.has(name)) continue
      const word = next.map(each => (bit(each) ? '1' : '0')).join('')
      expect(`${pou} scan ${scan} ${name} ${word}`).toBe(`${pou} scan ${scan} ${name} ${simulated.get(name)}`)
    }
  }
  return scans
}

const reference = new URL('../../reference/', import.meta.url)
const corpus = new URL('../../../../shared/data/plc/st-corpus/', import.meta.url)

describe('gates and simulator agree scan by scan', () => {
  test.each(readdirSync(reference).filter(each => each.endsWith('.st')))('%s', file => {
    const text = readFileSync(new URL(file, reference), 'utf8')
    const names = [...text.matchAll(/^(?:FUNCTION_BLOCK|FUNCTION|PROGRAM)\s+(\w+)/gm)].map(each => each[1]!)
    for (const name of names) {
      const found = compare(text, name, 60, 7)
      if (typeof found === 'string')
        expect(['something is left open', 'inputs that gates do not hold', 'an in-out outside its call']).toContain(
          found,
        )
      else expect(found).toBe(60)
    }
  })

  const snippets: [string, string, string][] = [
    [
      'integers wrap',
      'a : SINT; b : SINT;',
      'x := a + b; y := a * b; z := a - b; IF b <> 0 THEN u := a / b; v := a MOD b; END_IF;',
    ],
    [
      'unsigned',
      'a : USINT; b : USINT;',
      'x := a + b; y := a * b; z := a - b; IF b <> 0 THEN u := a / b; v := a MOD b; END_IF;',
    ],
    [
      'wide',
      'a : LINT; b : LINT;',
      'x := a + b; y := a * b; z := a - b; IF b <> 0 THEN u := a / b; v := a MOD b; END_IF;',
    ],
    ['double', 'a : DINT; b : DINT;', 'x := a + b; y := a * b; z := a - b; u := a / b; v := a MOD b;'],
    ['bits', 'a : BYTE; b : BYTE;', 'x := a AND b; y := a OR NOT b; z := a XOR b; u := SHL(a, 3); v := ROR(a, 2);'],
    ['words', 'a : DWORD; b : DWORD;', 'x := ROL(a, 5); y := SHR(b, 7); z := a XOR b; u := a; u.3 := b.1; v := NOT a;'],
  ]
  test.each(snippets)('%s', (_, inputs, body) => {
    const type = /a : (\w+)/.exec(inputs)![1]!
    const text = `FUNCTION_BLOCK F VAR_INPUT ${inputs} END_VAR VAR_OUTPUT x, y, z, u, v : ${type}; l, e : BOOL; END_VAR ${body} l := a < b; e := a = b; END_FUNCTION_BLOCK`
    expect(compare(text, 'F', 300, 3)).toBe(300)
  })

  const more: [string, string][] = [
    [
      'reals',
      'VAR_INPUT a, b : REAL; i : INT; END_VAR VAR_OUTPUT x, y, z, u : REAL; l, m : BOOL; n : DINT; k : INT; END_VAR x := a + b; y := a * b; z := a / b; u := INT_TO_REAL(i) * 0.5; l := a <= b; m := a > x; n := TRUNC(u); k := REAL_TO_INT(u); x := MAX(x, LIMIT(-5.0, a, 5.0)); y := ABS(y - x);',
    ],
    [
      'timers',
      'VAR_INPUT a, b : BOOL; t : TIME; END_VAR VAR on : TON; off : TOF; pulse : TP; END_VAR VAR_OUTPUT q, r, s : BOOL; e : TIME; END_VAR on(IN := a, PT := T#250ms); IF b THEN off(IN := a, PT := T#1s); END_IF; pulse(IN := b, PT := t); q := on.Q; r := off.Q; s := pulse.Q; e := on.ET + pulse.ET;',
    ],
    [
      'counters',
      'VAR_INPUT a, b, c, d : BOOL; p : INT; END_VAR VAR u : CTU; w : CTD; x : CTUD; r : R_TRIG; f : F_TRIG; s : SR; t : RS; END_VAR VAR_OUTPUT q : BOOL; n : INT; END_VAR u(CU := a, R := b, PV := p); w(CD := c, LD := d, PV := 3); x(CU := a, CD := c, R := b, LD := d, PV := p); r(CLK := a); f(CLK := b); s(SET1 := r.Q, RESET := f.Q); t(SET := c, RESET1 := d); q := u.Q OR w.Q AND x.QU; n := x.CV;',
    ],
    [
      'arrays',
      'VAR_INPUT i, j : INT; v : DINT; END_VAR VAR m : ARRAY[-2..5] OF DINT; g : ARRAY[0..2, 1..3] OF INT; k : INT; END_VAR VAR_OUTPUT o : DINT; END_VAR m[i MOD 4] := v; g[0, 2] := i; o := m[j]; FOR k := 0 TO 2 DO o := o + g[k, 2]; END_FOR; m[5] := o;',
    ],
    [
      'cases',
      'VAR_INPUT i : INT; b : BOOL; END_VAR VAR_OUTPUT o, n : INT; END_VAR CASE i OF 1, 3: o := 1; 2, 4..9: o := 2; -5: o := 3; ELSE o := 4; END_CASE; n := 0; WHILE n < 20 DO n := n + 1; IF b AND n = 7 THEN EXIT; END_IF; IF n = i THEN CONTINUE; END_IF; o := o + 1; END_WHILE; REPEAT n := n - 3; UNTIL n < 0 END_REPEAT; IF b THEN RETURN; END_IF; o := -o;',
    ],
    [
      'subnormal sums',
      'VAR_INPUT a, b : LREAL; END_VAR VAR_OUTPUT x, y : LREAL; s : REAL; END_VAR x := a - b; y := a * 1E-300 + b; s := LREAL_TO_REAL(x);',
    ],
    [
      'selection',
      'VAR_INPUT g : BOOL; k, a, b : INT; END_VAR VAR_OUTPUT x, y, z : INT; c : BOOL; END_VAR x := SEL(g, a, b); y := MUX(k, a, b, 7); z := MIN(a, b, k); c := GT(a, b, k); z := z + BOOL_TO_INT(c);',
    ],
  ]
  test.each(more)('%s', (_, body) => {
    expect(compare(`FUNCTION_BLOCK F ${body} END_FUNCTION_BLOCK`, 'F', 300, 5)).toBe(300)
  })

  test('calls: functions, in-outs, inner blocks, methods', () => {
    const text = `
      FUNCTION Scale : INT VAR_INPUT v : INT; END_VAR VAR_IN_OUT n : INT; END_VAR IF v < 0 THEN Scale := 0; RETURN; END_IF; n := n + 1; Scale := v / 2; END_FUNCTION
      FUNCTION_BLOCK Inner VAR_INPUT s : BOOL; END_VAR VAR_OUTPUT c : INT; END_VAR METHOD Add : INT VAR_INPUT d : INT; END_VAR c := c + d; Add := c; END_METHOD IF s THEN c := c + 1; END_IF; END_FUNCTION_BLOCK
      FUNCTION_BLOCK F VAR_INPUT a : INT; b : BOOL; END_VAR VAR n : INT; i : ARRAY[0..1] OF Inner; END_VAR VAR_OUTPUT o : INT; END_VAR
      o := Scale(a, n); IF b THEN i[0](s := a > 3, c => o); END_IF; i[1](s := b); o := o + i[0].c + i[1].c + i[1].Add(d := 2); END_FUNCTION_BLOCK`
    expect(compare(text, 'F', 300, 11)).toBe(300)
  })

  test.skipIf(!existsSync(corpus))(
    'units of a real library',
    () => {
      let compared = 0
      for (const file of readdirSync(corpus).filter(each => each.endsWith('.st'))) {
        const text = readFileSync(new URL(file, corpus), 'utf8')
        const name = /^\s*(?:FUNCTION_BLOCK|FUNCTION|PROGRAM)\s+(\w+)/im.exec(text)?.[1]
        if (name === undefined || text.length > 4000 || /STRING|POINTER/i.test(text)) continue
        if (typeof compare(text, name, 12, 13) === 'number') compared += 1
      }
      expect(compared).toBeGreaterThan(50)
    },
    120_000,
  )
})
