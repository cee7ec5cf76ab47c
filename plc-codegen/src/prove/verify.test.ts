import { describe, expect, test } from 'vitest'
import { runTrace } from '../run/trace.ts'
import type { PropertySpec } from './property.ts'
import { type PropertyAnswer, verify } from './verify.ts'

/** A clock that only moves when it is asked: limits are counted in questions, so that no test depends on the machine. */
function ticking(step = 5): () => number {
  let at = 0
  return () => {
    at += step
    return at
  }
}

const pattern = (id: string, ...params: string[]): PropertySpec => ({
  property: {
    job_req: 'pattern',
    pattern_id: `pattern-${id}`,
    pattern_params: Object.fromEntries(params.map((each, i) => [String(i + 1), each])),
  },
})

function judge(text: string, pou: string, ...specs: PropertySpec[]): readonly PropertyAnswer[] {
  const result = verify(text, pou, specs, { now: ticking() })
  if (!result.ok) throw new Error(result.diagnostics.map(each => each.message).join())
  return result.answers
}

const counter = `FUNCTION_BLOCK F VAR_INPUT up, reset : BOOL; step : INT; END_VAR VAR_OUTPUT n : INT; full : BOOL; END_VAR
IF reset THEN n := 0; ELSIF up AND n < 5 THEN n := n + 1; END_IF; full := n = 5; END_FUNCTION_BLOCK`

describe('safety patterns', () => {
  const cases: [string, PropertySpec, string][] = [
    ['an invariant that needs induction', pattern('invariant', 'instance.n >= 0 AND instance.n <= 5'), 'proved'],
    ['an invariant one too tight', pattern('invariant', 'instance.n <= 4'), 'violated'],
    ['forbidden', pattern('forbidden', 'instance.n = 6'), 'proved'],
    ['forbidden and met', pattern('forbidden', 'instance.n = 3'), 'violated'],
    ['implication', pattern('implication', 'instance.full', 'instance.n = 5'), 'proved'],
    ['implication the wrong way', pattern('implication', 'instance.n > 3', 'instance.full'), 'violated'],
    ['an arrow in an invariant', pattern('invariant', 'instance.full --> instance.n = 5'), 'proved'],
    [
      'during a cycle',
      pattern('statechange-duringcycle', 'instance.n = 5 AND NOT instance.reset', 'instance.n = 5'),
      'proved',
    ],
    [
      'during a cycle, broken by reset',
      pattern('statechange-duringcycle', 'instance.n = 5', 'instance.n = 5'),
      'violated',
    ],
    [
      'between cycles',
      pattern('statechange-betweencycles', 'instance.n = 4', 'instance.up AND NOT instance.reset', 'instance.full'),
      'proved',
    ],
    [
      'between cycles, broken',
      pattern('statechange-betweencycles', 'instance.n = 4', 'instance.up', 'instance.full'),
      'violated',
    ],
    ['leads to', pattern('leadsto', 'instance.full', 'instance.n = 4'), 'proved'],
    ['leads to, of what never was', pattern('leadsto', 'instance.n = 1', 'instance.n = 2'), 'violated'],
    ['leads to earlier', pattern('leadsto-earlier', 'instance.n = 2', 'instance.n = 1'), 'proved'],
    ['a change before', pattern('leadsto-trigger', 'instance.full', 'instance.n = 4', 'instance.n = 5'), 'proved'],
    [
      'a change that need not be',
      pattern('leadsto-trigger', 'instance.n = 1', 'instance.n = 4', 'instance.n = 5'),
      'violated',
    ],
    ['reachable', pattern('reachability', 'instance.n = 5'), 'proved'],
    ['not reachable', pattern('reachability', 'instance.n = 6'), 'violated'],
  ]
  test.each(cases)('%s', (_, spec, verdict) => {
    const [answer] = judge(counter, 'F', spec)
    expect(answer).toMatchObject({ id: '1', verdict, vacuous: false })
    if (verdict === 'violated')
      expect(answer!.counterexample).toMatchObject({ scans: expect.any(Number), inputs: expect.any(Object) })
  })

  test('a counterexample is a shortest one and is replayed by run', () => {
    const [answer] = judge(counter, 'F', pattern('invariant', 'instance.n < 4'))
    expect(answer).toMatchObject({ verdict: 'violated', depth: 4 })
    const replayed = runTrace(counter, 'F', answer!.counterexample!)
    expect(replayed).toMatchObject({ ok: true, outputs: { n: [1, 2, 3, 4] } })
  })

  test('what needs every state is visited: small alphabets are exhausted, and repeatability is decided', () => {
    const latch =
      'FUNCTION_BLOCK L VAR_INPUT s, r : BOOL; END_VAR VAR_OUTPUT q, dead : BOOL; END_VAR IF s AND r THEN dead := TRUE; END_IF; IF NOT dead THEN q := s OR q AND NOT r; END_IF; END_FUNCTION_BLOCK'
    const [again, ever, safe] = judge(
      latch,
      'L',
      pattern('repeatability', 'instance.q'),
      pattern('repeatability', 'instance.q OR instance.dead'),
      pattern('invariant', 'instance.q OR NOT instance.q'),
    )
    expect(again).toMatchObject({ verdict: 'violated', method: 'exhaustive' })
    expect(ever).toMatchObject({ verdict: 'proved' })
    expect(safe).toMatchObject({ verdict: 'proved', method: 'exhaustive' })
  })

  test('what can come back from anywhere is repeatable', () => {
    expect(judge(counter, 'F', pattern('repeatability', 'instance.n = 0'))[0]).toMatchObject({ verdict: 'proved' })
  })

  test('a premise that can never hold is named vacuous', () => {
    const [answer] = judge(counter, 'F', pattern('implication', 'instance.n = 7', 'instance.full'))
    expect(answer).toMatchObject({ verdict: 'proved', vacuous: true })
  })
})

describe('time', () => {
  const delay =
    'FUNCTION_BLOCK D VAR_INPUT a : BOOL; END_VAR VAR t : TON; END_VAR VAR_OUTPUT q : BOOL; e : TIME; END_VAR t(IN := a, PT := T#500ms); q := t.Q; e := t.ET; END_FUNCTION_BLOCK'
  test('a timer is proved for every cycle time', () => {
    const answers = judge(
      delay,
      'D',
      pattern('implication', 'instance.q', 'instance.a'),
      pattern('invariant', 'instance.e <= T#500ms'),
      pattern('implication', 'instance.q', 'instance.e = T#500ms'),
    )
    expect(answers.map(each => each.verdict)).toEqual(['proved', 'proved', 'proved'])
  })
  test('a wrong expectation of a timer is broken at the right time', () => {
    const [answer] = judge(delay, 'D', pattern('forbidden', 'instance.q'))
    expect(answer).toMatchObject({ verdict: 'violated' })
    expect(runTrace(delay, 'D', answer!.counterexample!)).toMatchObject({
      outputs: { q: expect.arrayContaining([true]) },
    })
  })
  test('what holds for a time', () => {
    const [early] = judge(delay, 'D', pattern('timed-trigger', 'instance.a', '400', 'instance.q'))
    expect(early).toMatchObject({ verdict: 'violated' })
    const held = 'FUNCTION_BLOCK H VAR_INPUT a : BOOL; END_VAR VAR_OUTPUT q : BOOL; END_VAR q := a; END_FUNCTION_BLOCK'
    expect(judge(held, 'H', pattern('timed-trigger', 'instance.a', 'T#1s', 'instance.q'))[0]).toMatchObject({
      verdict: 'proved',
    })
  })
})

describe('assertions in the code', () => {
  const text =
    'FUNCTION_BLOCK A VAR_INPUT x : INT; END_VAR VAR_OUTPUT y : INT; END_VAR\ny := x / 2;\n//#ASSERT y <= 16383\nIF x < 0 THEN y := -y; //#ASSERT y >= 0 : positive\nEND_IF;\nEND_FUNCTION_BLOCK'
  test('are judged where they stand', () => {
    expect(judge(text, 'A', { property: { job_req: 'assertion' } })[0]).toMatchObject({ verdict: 'proved' })
    expect(judge(text.replace('16383', '16382'), 'A', { property: { job_req: 'assertion' } })[0]).toMatchObject({
      verdict: 'violated',
    })
  })
  test('where there is none it is proved and says so; one that cannot be read is unknown', () => {
    expect(judge(counter, 'F', { property: { job_req: 'assertion' } })[0]).toMatchObject({
      verdict: 'proved',
      message: expect.stringContaining('#ASSERT'),
    })
    expect(judge(text.replace('y <= 16383', 'y <= no'), 'A', { property: { job_req: 'assertion' } })[0]).toMatchObject({
      verdict: 'unknown',
    })
  })
})

describe('what cannot be judged is said, never guessed', () => {
  test('unknown names, patterns and parameters', () => {
    const answers = judge(
      counter,
      'F',
      pattern('invariant', 'instance.nothing > 1'),
      pattern('what', 'TRUE'),
      pattern('implication', 'TRUE'),
      pattern('invariant', 'instance.n +'),
      pattern('invariant', 'instance.n + 1'),
      {},
    )
    expect(answers.map(each => each.verdict)).toEqual([
      'unknown',
      'unknown',
      'unknown',
      'unknown',
      'unknown',
      'unknown',
    ])
    expect(answers[0]!.message).toContain('nothing')
  })
  test('a name of an inner instance is found where there is one of it', () => {
    const text = `${counter}\nPROGRAM P VAR f : F; x : BOOL; END_VAR f(up := x); END_PROGRAM`
    expect(judge(text, 'P', pattern('invariant', 'instance.n = 0'))[0]).toMatchObject({
      verdict: 'proved',
      message: expect.stringContaining('f.n'),
    })
  })
  test('what gates cannot say is searched: bounded, with the reason', () => {
    const text =
      'FUNCTION_BLOCK S VAR_INPUT t : STRING; END_VAR VAR p : POINTER TO INT; x : INT; END_VAR VAR_OUTPUT n : INT; END_VAR p := ADR(x); p^ := LEN(t); n := x; END_FUNCTION_BLOCK'
    const [fine, broken] = judge(
      text,
      'S',
      pattern('invariant', 'instance.n >= 0'),
      pattern('invariant', 'instance.n = 0'),
    )
    expect(fine).toMatchObject({ verdict: 'bounded', depth: expect.any(Number) })
    expect(fine!.depth).toBeGreaterThan(10)
    expect(broken).toMatchObject({ verdict: 'violated', method: 'search' })
  })
  test('TRUE = FALSE is no theorem', () => {
    expect(
      judge(counter, 'F', pattern('invariant', 'TRUE = FALSE'), pattern('invariant', 'TRUE = TRUE')).map(
        each => each.verdict,
      ),
    ).toEqual(['violated', 'proved'])
  })
  test('a loop that may run longer than it was unrolled is never proved', () => {
    const text =
      'FUNCTION_BLOCK W VAR_INPUT n : DINT; END_VAR VAR i : DINT; END_VAR VAR_OUTPUT o : DINT; END_VAR i := 0; o := 0; WHILE i < n DO i := i + 1; o := i / 700; END_WHILE; END_FUNCTION_BLOCK'
    const result = verify(text, 'W', [pattern('invariant', 'instance.o < 1')], { now: ticking(100) })
    expect(result).toMatchObject({ ok: true, answers: [{ verdict: expect.stringMatching(/violated|bounded/) }] })
  })
  test('a text that does not compile is refused with diagnostics', () => {
    expect(verify('FUNCTION_BLOCK F x := ; END_FUNCTION_BLOCK', 'F', [], { now: ticking() })).toMatchObject({
      ok: false,
    })
  })
})

test('messages come in Chinese too', () => {
  const result = verify(counter, 'F', [pattern('invariant', 'instance.n < 1')], { now: ticking(), lang: 'zh' })
  expect(result).toMatchObject({ ok: true, answers: [{ message: expect.stringMatching(/扫描/) }] })
})
