import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { loadModel } from './load-model.ts'

let home: string
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'mw-models-'))
  mkdirSync(join(home, 'toy'))
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

const bytes = Buffer.from('not really a network')
function write(change: Record<string, unknown> = {}): void {
  const shipped = JSON.parse(readFileSync(new URL('../screen-surface/card.json', import.meta.url), 'utf8'))
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  writeFileSync(join(home, 'toy/card.json'), JSON.stringify({ ...shipped, name: 'toy', sha256, ...change }))
  writeFileSync(join(home, 'toy/model.onnx'), bytes)
}

test('a model whose file is the one its card names is loaded', async () => {
  write()
  const model = await loadModel('toy', home)
  expect(model.id).toMatch(/^toy@\d+$/)
  expect(model.path).toBe(join(home, 'toy/model.onnx'))
})

test.each([
  ['a file that was changed', { sha256: '0'.repeat(64) }],
  ['a card without classes', { classes: [] }],
  ['a card that points outside', { file: '../../etc/passwd' }],
])('%s is refused with MW-1028', async (_, change) => {
  write(change)
  await expect(loadModel('toy', home)).rejects.toMatchObject({ problem: { code: 'MW-1028' } })
})

test.each(['missing', '../toy', ''])('the name "%s" is refused with MW-1028', async name => {
  write()
  await expect(loadModel(name, home)).rejects.toMatchObject({ problem: { code: 'MW-1028' } })
})

test('the shipped model is whole, and says that its figures are synthetic', async () => {
  const { card } = await loadModel('screen-surface')
  expect(card.classes[0]).toBe('good')
  expect(card.metrics.synthetic).toBe(true)
})
