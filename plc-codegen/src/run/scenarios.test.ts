import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { runScenarios, type ScenarioFile, scenarioFaults } from './scenarios.ts'

const reference = new URL('../../reference/', import.meta.url)
const names = readdirSync(reference)
  .filter(each => each.endsWith('.st'))
  .map(each => each.slice(0, -3))

const read = (name: string) => ({
  text: readFileSync(new URL(`${name}.st`, reference), 'utf8'),
  file: parse(readFileSync(new URL(`${name}.yaml`, reference), 'utf8')) as ScenarioFile,
})

describe('reference programs do what their requests say', () => {
  test('there is one for each of the 23 tasks', () => {
    expect(names).toHaveLength(23)
  })

  test.each(names)('%s: scenarios pass, reach everything, and show every output at two values', name => {
    const { text, file } = read(name)
    expect(scenarioFaults(file)).toBeUndefined()
    const result = runScenarios(text, file)!
    expect(result.answers.filter(each => !each.passed)).toEqual([])
    expect(result.coverage[file.pou]).toEqual({ statements: 1, branches: 1 })
    for (const [output, values] of Object.entries(result.seen))
      if (!(file.constant ?? []).includes(output)) expect(`${output} ${values.length > 1}`).toBe(`${output} true`)
  })
})

test('a scenario that does not hold is told by its step, name and values', () => {
  const { text, file } = read('v1-E-9')
  const wrong = text.replace('NOT PB2', 'PB2')
  expect(runScenarios(wrong, file)!.answers[0]).toMatchObject({
    passed: false,
    failure: { step: 1, name: 'LED', expected: true, found: false },
  })
})

test('malformed files are told by their place', () => {
  expect(scenarioFaults(null)).toContain('pou')
  expect(scenarioFaults({ pou: 'F', scenarios: [{}] })).toContain('scenarios[0].steps')
  expect(scenarioFaults({ pou: 'F', scenarios: [{ steps: [{ scans: 0 }] }] })).toContain('scans')
})
