/** The bad input of `main.ts`, shortened; in full by that script, whose last results are in `results/`. */
import { expect, it } from 'vitest'
import { fuzzConfiguration } from './configuration.ts'
import { fuzzImages } from './images.ts'
import { fuzzOpcua } from './opcua.ts'

const quiet = () => undefined

it('configuration files: a coded fault with its place, never a throw or a hang', { timeout: 120_000 }, () => {
  const outcome = fuzzConfiguration(2000, 7, quiet)
  expect(outcome.faults).toEqual([])
  expect(outcome.sent).toBe(2000)
  expect(Object.keys(outcome.codes).length).toBeGreaterThan(5)
})
it('images: a verdict or a coded error, and the worker lives', { timeout: 120_000 }, async () => {
  const outcome = await fuzzImages(1000, 7, quiet)
  expect(outcome.faults).toEqual([])
  expect(outcome.codes['MW-1021']).toBeGreaterThan(100)
  expect(outcome.accepted).toBeGreaterThan(10)
})
it('replies of an OPC UA server: the source lives and hears the server again', { timeout: 180_000 }, async () => {
  const outcome = await fuzzOpcua(300, 7, quiet)
  expect(outcome.faults).toEqual([])
  expect(outcome.sent).toBeGreaterThanOrEqual(300)
  expect(outcome.slowestMs).toBeLessThan(30_000)
})
