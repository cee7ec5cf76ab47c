import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { runTrace, traceFaults } from './trace.ts'

const tasks = new URL('../../../../shared/data/plc/tasks/traces-6.json', import.meta.url)

describe('traces', () => {
  test('a shorter list keeps its last value, initial values and watches are taken', () => {
    const text =
      'FUNCTION_BLOCK F VAR_INPUT a : INT; END_VAR VAR_OUTPUT q : INT; END_VAR VAR s : ARRAY[1..3] OF INT; t : TON; END_VAR s[2] := s[2] + a; q := s[2]; t(IN := TRUE, PT := T#15ms); END_FUNCTION_BLOCK'
    expect(
      runTrace(text, 'f', {
        cycle_ms: 10,
        scans: 4,
        initial: { s: [1, 5] },
        inputs: { a: [1, 2] },
        watch: ['s[1]', 't.Q', 'nothing'],
      }),
    ).toMatchObject({
      scans: 4,
      outputs: { q: [6, 8, 10, 12], 's[1]': [1, 1, 1, 1], 't.Q': [false, false, true, true] },
      traps: [],
      unknown: ['nothing'],
    })
  })

  test('wide integers, infinities, times and enumerations come as JSON', () => {
    const text =
      'TYPE E : (A, B); END_TYPE FUNCTION_BLOCK F VAR_INPUT l : LINT; e : E; t : TIME; END_VAR VAR_OUTPUT m : LINT; x : REAL; f : E; u : TIME; END_VAR m := l + 1; x := 1.0 / 0.0; f := e; u := t * 2; END_FUNCTION_BLOCK'
    expect(runTrace(text, 'F', { inputs: { l: ['9007199254740993'], e: ['B'], t: ['T#1s'] } })).toMatchObject({
      outputs: { m: ['9007199254740994'], x: ['Infinity'], f: [1], u: [2000] },
    })
  })

  test('a function gives its result, in-outs have a place of their own', () => {
    const text =
      'FUNCTION G : INT VAR_INPUT a : INT; END_VAR VAR_IN_OUT io : INT; END_VAR io := io + a; G := io * 2; END_FUNCTION'
    expect(runTrace(text, 'G', { inputs: { a: [1, 2], io: [10] } })).toMatchObject({
      outputs: { G: [22, 26], io: [11, 13] },
    })
  })

  test('a malformed trace is named by its places', () => {
    expect(traceFaults({ cycle_ms: 'x', scans: -1, inputs: { a: 1 }, watch: [1] }).map(each => each.place)).toEqual([
      'cycle_ms',
      'scans',
      'inputs.a',
      'watch',
    ])
    expect(traceFaults([])).toHaveLength(1)
    expect(traceFaults({})).toEqual([])
  })

  test.skipIf(!existsSync(tasks))('a published task with a clean reference is reproduced in every trace', () => {
    const list = JSON.parse(readFileSync(tasks, 'utf8')) as {
      id: string
      ground_truth: string
      test_cases: {
        simulation_rounds: number
        input_trace: Record<string, unknown[]>
        expected_output_trace: Record<string, unknown[]>
      }[]
    }[]
    const task = list.find(each => each.id === '255_Splitnumber')!
    for (const each of task.test_cases) {
      const found = runTrace(task.ground_truth, 'FB_SplitNumber', {
        scans: each.simulation_rounds,
        inputs: each.input_trace,
      })
      expect(found).toMatchObject({ ok: true, traps: [], outputs: each.expected_output_trace })
    }
  })
})
