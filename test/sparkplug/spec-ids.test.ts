/** Each testable statement of the standard is named in a test, or in the list of those that do not apply, with the reason. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { root } from '../journeys/support/plant.ts'
import { NOT_APPLICABLE, SPEC_IDS } from './spec-ids.ts'

const TITLE = /\bit(?:\.\w+(?:\([^)]*\))?)*\(\s*(?:\n\s*)?(['"`])((?:(?!\1).)*tck-id-(?:(?!\1).)*)\1/g
const FOLDERS = ['test/sparkplug', 'edge-agent/src/uplink', 'plant-server/src/domain', 'plant-server/src/ingest']

const titles = FOLDERS.flatMap(folder =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.test.ts'))
    .flatMap(name => [...readFileSync(join(root, folder, name), 'utf8').matchAll(TITLE)].map(match => match[2] ?? '')),
)

/** `tck-id-x-y, -z` stands for `tck-id-x-y` and the statement that ends in `-z` and begins as the one before it. */
function idsOf(title: string): string[] {
  const ids: string[] = []
  let whole = ''
  for (const word of (title.split(': ')[0] ?? '').split(/,\s*/)) {
    if (word.startsWith('tck-id-')) {
      whole = word
      ids.push(word)
    } else if (word.startsWith('-')) {
      const meant = SPEC_IDS.filter(id => id.endsWith(word) && whole.startsWith(id.slice(0, -word.length)))
      // The longest beginning in common is what is meant.
      const [best] = meant.sort((a, b) => b.length - a.length)
      ids.push(best ?? `${whole} ${word}?`)
    }
  }
  return ids
}
const tested = new Set(titles.flatMap(idsOf))

it('there are some three hundred, each once', () => {
  expect(SPEC_IDS.length).toBeGreaterThan(290)
  expect(new Set(SPEC_IDS).size).toBe(SPEC_IDS.length)
})
it('what tests name is in the standard', () => {
  const known = new Set(SPEC_IDS)
  expect([...tested].filter(id => !known.has(id))).toEqual([])
  expect(Object.keys(NOT_APPLICABLE).filter(id => !known.has(id))).toEqual([])
})
it('each is tested or does not apply, never both', () => {
  expect(SPEC_IDS.filter(id => !tested.has(id) && !(id in NOT_APPLICABLE))).toEqual([])
  expect(SPEC_IDS.filter(id => tested.has(id) && id in NOT_APPLICABLE)).toEqual([])
})
it('reasons are sentences', () => {
  for (const reason of Object.values(NOT_APPLICABLE)) expect(reason.length).toBeGreaterThan(20)
})
