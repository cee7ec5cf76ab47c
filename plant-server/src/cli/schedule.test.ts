import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { UsageError } from '@millwright/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { run } from './schedule.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mw-schedule-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function call(text: string, format: string) {
  const file = join(folder, `${format}.txt`)
  await writeFile(file, text)
  return callFile(file, format)
}

async function callFile(file: string, format: string) {
  let out = ''
  let err = ''
  const io = {
    out: (text: string) => {
      out += text
    },
    err: (text: string) => {
      err += text
    },
  }
  const status = await run([file, '--format', format, '--seconds', '5', '--seed', '3', '--json'], io)
  return { status, out, err }
}

test('small job shop is proved optimal and verified', async () => {
  const { status, out } = await call('2 2\n0 3 1 4\n1 2 0 3\n', 'jssp')
  expect(status).toBe(0)
  expect(JSON.parse(out)).toMatchObject({ objective: 7, bound: 7, gap: 0, proved: true, verified: true })
})

test('sample plant is planned and verified, in whole minutes from 0', async () => {
  const sample = fileURLToPath(new URL('../../../fixtures/orders/sample-plant.json', import.meta.url))
  const { status, out } = await callFile(sample, 'plant')
  const answer = JSON.parse(out) as { verified: boolean; operations: Record<string, number>[] }
  expect([status, answer.verified]).toEqual([0, true])
  expect(
    answer.operations.flatMap(row => Object.values(row)).every(value => Number.isInteger(value) && value >= 0),
  ).toBe(true)
})

test('file with faults: exit 1, each with code, place and remedy, nothing on stdout', async () => {
  const { status, out, err } = await call('2 2\n0 3 1\n0 x 1 4\n', 'jssp')
  expect([status, out]).toEqual([1, ''])
  expect(err.trim().split('\n')).toHaveLength(2)
  expect(err).toMatch(/^MW-3001 .*jssp\.txt:2: .+\. Correct the place named$/m)
})

test('missing file: exit 1 with a coded error', async () => {
  const { status, err } = await callFile(join(folder, 'nothing.txt'), 'fjsp')
  expect([status, err.slice(0, 7)]).toEqual([1, 'MW-0102'])
})

test.each([
  [['a.txt', '--format', 'xml', '--seconds', '1']],
  [['a.txt', '--format', 'jssp', '--seconds', '0']],
  [['a.txt', '--format', 'jssp', '--seconds', '1', '--seed', 'x']],
  [['--format', 'jssp', '--seconds', '1']],
])('%j is wrong usage', async argv => {
  await expect(run(argv, { out: () => {}, err: () => {} })).rejects.toThrow(UsageError)
})
