import { describe, expect, test } from 'vitest'
import type { ProblemCode } from '../../problems.ts'
import { checkSources } from '../check-sources.ts'
import { rules } from '../stages.ts'
import { type RuleSettings, settingsFault } from './configuration.ts'

const program = (body: string) =>
  `FUNCTION_BLOCK F\nVAR_INPUT inp : INT; END_VAR\nVAR a, b : INT; x, y : REAL; p, q : BOOL; m : ARRAY[0..9] OF BOOL; END_VAR\n${body}\np := q; x := y; a := b; q := m[0];\nEND_FUNCTION_BLOCK`

/** Each rule with failing bodies, and passing ones that are near. */
const table: Record<string, { code: ProblemCode; fails: readonly string[]; passes: readonly string[] }> = {
  'unused-variable': { code: 'ST601', fails: [], passes: ['a := 1;'] },
  'dead-code': {
    code: 'ST603',
    fails: ['RETURN; b := 1;', 'FOR a := 0 TO 1 DO CONTINUE; b := 1; END_FOR;'],
    passes: ['IF p THEN RETURN; END_IF; b := 1;', 'GOTO l; b := 1; l: b := 2;'],
  },
  'case-without-else': {
    code: 'ST604',
    fails: ['CASE inp OF 1: b := 1; END_CASE;'],
    passes: ['CASE inp OF 1: b := 1; ELSE b := 0; END_CASE;'],
  },
  'float-equality': {
    code: 'ST605',
    fails: ['p := x = y;', 'p := x <> 1.5;'],
    passes: ['p := ABS(x - y) < 0.1;', 'p := x = 0.0;', 'p := a = b;'],
  },
  'input-written': { code: 'ST606', fails: ['inp := 1;'], passes: ['b := inp;'] },
  'loop-variable-written': {
    code: 'ST607',
    fails: ['FOR a := 0 TO 3 DO a := 2; END_FOR;', 'FOR a := 0 TO 3 DO FOR a := 0 TO 1 DO b := 1; END_FOR; END_FOR;'],
    passes: ['FOR a := 0 TO 3 DO b := a; END_FOR; a := 2;'],
  },
  'condition-constant': {
    code: 'ST609',
    fails: ['IF FALSE THEN b := 1; END_IF;', 'IF 1 > 2 THEN b := 1; END_IF;'],
    passes: ['IF p THEN b := 1; END_IF;', 'WHILE TRUE DO EXIT; END_WHILE;'],
  },
  'assigned-to-itself': { code: 'ST610', fails: ['b := b;', 'B := b;'], passes: ['b := a;', 'b := b + 1;'] },
  'short-circuit-guard': {
    code: 'ST617',
    fails: ['p := a >= 0 AND m[a];', 'p := a = 0 OR b / a > 1;'],
    passes: ['p := a >= 0 AND_THEN m[a];', 'p := q AND m[3];', 'p := m[a] AND q;'],
  },
  recursion: { code: 'ST613', fails: [], passes: ['b := ABS(a);'] },
}

const codes = (text: string) => checkSources([{ file: 'f', text }], { dialect: 'iec' }).map(each => each.code)

describe('rules of good practice', () => {
  test('settings turn rules off, on, and louder, by name, number and code; what they do not know is told', () => {
    const text = program('IF p THEN GOTO l; END_IF; b := 1; l: b := 2; p := x = y;')
    const found = (settings: RuleSettings) =>
      checkSources([{ file: 'f', text }], { dialect: 'iec', rules: settings }).map(
        each => `${each.severity} ${each.code}`,
      )
    expect(found({ all: 'off' })).toEqual([])
    expect(found({ all: 'off', jump: 'error' })).toEqual(['error ST650'])
    expect(found({ all: 'off', CP8: 'notice' })).toEqual(['notice ST605'])
    expect(found({ all: 'off', ST650: 'warning' })).toEqual(['warning ST650'])
    expect(found({})).not.toContain('notice ST650')
    expect(settingsFault(rules, { jump: 'off', CP8: 'error', all: 'notice' })).toBeUndefined()
    expect(settingsFault(rules, { jumpp: 'off' })).toContain('jumpp')
    expect(settingsFault(rules, { jump: 'loud' })).toContain('jump')
    expect(settingsFault(rules, [])).toBeDefined()
  })

  const cases = Object.entries(table).flatMap(([name, { code, fails, passes }]) => [
    ...fails.map(body => ({ name, body, code, found: true })),
    ...passes.map(body => ({ name, body, code, found: false })),
  ])
  test.each(cases)('$name $found: $body', ({ body, code, found }) => {
    expect(codes(program(body)).includes(code)).toBe(found)
  })

  test('a variable that nothing uses is named at its declaration', () => {
    const text =
      'FUNCTION_BLOCK F\nVAR a : INT; END_VAR\nVAR\n  b, c : INT;\nEND_VAR\nMETHOD M\nc := 1;\nEND_METHOD\na := 1;\nEND_FUNCTION_BLOCK'
    expect(checkSources([{ file: 'f', text }])).toMatchObject([
      { code: 'ST601', line: 4, column: 3, severity: 'notice' },
    ])
  })

  test('no rule speaks on a text that could not be read', () => {
    expect(codes('FUNCTION_BLOCK F VAR a : INT; END_VAR IF TRUE THEN END_FUNCTION_BLOCK')).toEqual(['ST202'])
  })
})
