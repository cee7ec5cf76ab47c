import { expect, test } from 'vitest'
import { parseClassicFile } from './classic-file.ts'

const faultsOf = (text: string, format: 'jssp' | 'fjsp') => {
  const parsed = parseClassicFile(text, format, 'shop.txt')
  return parsed.ok ? [] : parsed.fault.map(({ place }) => place)
}

test('jssp file gives machine and duration of each operation', () => {
  const parsed = parseClassicFile('# two jobs\n2 2\n0 3 1 4\n1 2 0 5\n', 'jssp', 'shop.txt')
  const rows = parsed.ok ? parsed.value.jobs.map(job => job.operations.map(({ alternatives }) => alternatives)) : null
  expect(rows).toEqual([
    [[{ machine: 0, duration: 3 }], [{ machine: 1, duration: 4 }]],
    [[{ machine: 1, duration: 2 }], [{ machine: 0, duration: 5 }]],
  ])
})

test('fjsp file gives the choices of each operation', () => {
  const parsed = parseClassicFile('1 2 1.5\n2 2 0 3 1 4 1 1 6\n', 'fjsp', 'shop.txt')
  const rows = parsed.ok ? parsed.value.jobs[0]!.operations.map(({ alternatives }) => alternatives) : null
  expect(rows).toEqual([
    [
      { machine: 0, duration: 3 },
      { machine: 1, duration: 4 },
    ],
    [{ machine: 1, duration: 6 }],
  ])
})

test.each([
  ['', 'jssp', ['shop.txt:1']],
  ['no numbers here', 'jssp', ['shop.txt:1']],
  ['2 2\n0 3 1 4\n', 'jssp', ['shop.txt:2']],
  ['2 2\n0 3 1\n0 x 1 4\n', 'jssp', ['shop.txt:2', 'shop.txt:3']],
  ['1 2\n0 3 2 4\n', 'jssp', ['shop.txt:2']],
  ['1 2\n0 3 1 -4\n', 'jssp', ['shop.txt:2']],
  ['1 2\n2 1 0 3\n', 'fjsp', ['shop.txt:2']],
  ['1 2\n1 9 0 3\n', 'fjsp', ['shop.txt:2']],
  ['1 2\n1 0\n', 'fjsp', ['shop.txt:2']],
  ['1 2\n1 1 0 3 1 1 1\n', 'fjsp', ['shop.txt:2']],
] as const)('%j as %s has its faults at %j', (text, format, places) => {
  expect(faultsOf(text, format)).toEqual(places)
})
