/** The fuzz script, shortened; in full: `node test/sparkplug/fuzz.ts`, its last result in `fuzz-result.json`. */
import { expect, it } from 'vitest'
import { fuzzEdge, fuzzServer } from './support/fuzz.ts'

const quiet = () => undefined

it('bad payloads and topics at the plant server: it lives, and has counted them under codes of ours', async () => {
  const result = await fuzzServer(5000, 7, quiet)
  expect(result).toMatchObject({ alive: true, counted: true })
  expect(Object.keys(result.deadLetters)).toEqual(['MW-2006'])
})
it('bad commands, confirmations and states at the edge agent: it lives, and names them', async () => {
  const result = await fuzzEdge(5000, 7, quiet)
  expect(result.alive).toBe(true)
  expect(result.codedErrorsInTheEndOfItsLog).toBeGreaterThan(10)
})
