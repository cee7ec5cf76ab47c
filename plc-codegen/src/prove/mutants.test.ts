import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { mutantsOf } from './mutate.ts'
import type { PropertySpec } from './property.ts'
import { refuted } from './soundness.ts'
import { verify } from './verify.ts'

const reference = (name: string) => readFileSync(new URL(`../../reference/${name}.st`, import.meta.url), 'utf8')
const tasks = new URL('../../../../shared/data/plc/tasks/verified-properties-23.json', import.meta.url)

test('mutants are made by every rule, in the order of the text', () => {
  const text =
    'FUNCTION_BLOCK F VAR a : INT := 2; b : BOOL; END_VAR\nIF a < 3 AND b THEN\n a := a + 1; END_IF;\nEND_FUNCTION_BLOCK'
  expect(mutantsOf(text).map(each => [each.rule, each.line, each.change])).toEqual([
    ['constant-plus-one', 1, '2 -> 3'],
    ['constant-minus-one', 1, '2 -> 1'],
    ['comparison-flipped', 2, '< -> >='],
    ['constant-plus-one', 2, '3 -> 4'],
    ['constant-minus-one', 2, '3 -> 2'],
    ['and-or-swapped', 2, 'AND -> OR'],
    ['assignment-dropped', 3, 'a := a + 1 -> '],
    ['constant-plus-one', 3, '1 -> 2'],
    ['constant-minus-one', 3, '1 -> 0'],
  ])
})

test('a proof that is no proof is found out', () => {
  const text = reference('v1-E-9').replace('NOT PB2', 'PB2')
  const wrong = {
    property: {
      job_req: 'pattern',
      pattern_id: 'pattern-implication',
      pattern_params: { '1': 'instance.PB2 = TRUE', '2': 'instance.LED = FALSE' },
    },
  }
  expect(refuted(text, 'LED_Control', [wrong], [0], 500, 3)).toEqual([0])
  expect(refuted(reference('v1-E-9'), 'LED_Control', [wrong], [0], 500, 3)).toEqual([])
})

describe.skipIf(!existsSync(tasks))('no property is proved on a mutant that scans break (shortened)', () => {
  const programs: [string, string][] = [
    ['v1-E-2', 'FB_CalculateOutput'],
    ['v1-E-11', 'TOGGLE_OUTPUT'],
    ['v1-M-5', 'FB_MonitorStartStop'],
    ['v1-M-6', 'LatencyMonitor'],
  ]
  test.each(programs)('%s', (id, pou) => {
    const list = JSON.parse(readFileSync(tasks, 'utf8')) as { id: string; properties_to_be_validated: PropertySpec[] }[]
    const specs = list.find(each => each.id === id)!.properties_to_be_validated
    let killed = 0
    for (const mutant of mutantsOf(reference(id))) {
      let ticks = 0
      const result = verify(mutant.text, pou, specs, { now: () => (ticks += 5), limitMs: 1000 })
      if (!result.ok) continue
      const proved = result.answers.flatMap((each, i) => (each.verdict === 'proved' ? [i] : []))
      killed += result.answers.filter(each => each.verdict === 'violated').length
      expect(refuted(mutant.text, pou, specs, proved, 2000, 99)).toEqual([])
    }
    expect(killed).toBeGreaterThan(0)
  })
})
