import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { MODELS, readModelCards } from './model-cards.ts'

const folder = mkdtempSync(join(tmpdir(), 'mw-models-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const write = (name: string, card: object, content = 'model') => {
  mkdirSync(join(folder, name))
  writeFileSync(join(folder, name, 'card.json'), JSON.stringify(card))
  writeFileSync(join(folder, name, 'model.onnx'), content)
}
const card = {
  name: 'screen',
  version: 2,
  task: 'segmentation',
  file: 'model.onnx',
  sha256: createHash('sha256').update('model').digest('hex'),
  metrics: { miou: 0.8 },
  limits: ['rendered panels'],
}

describe('model cards', () => {
  it('lists models whose file is the one of the card, and names the others', async () => {
    write('a', card)
    write('b', { ...card, name: 'other' }, 'changed')
    write('c', { name: 'broken' })
    mkdirSync(join(folder, 'no-model'))
    const faults: string[] = []
    const found = await readModelCards(folder, place => faults.push(place))
    expect(found.map(model => [model.name, model.version, model.kind])).toEqual([['screen', '2', 'segmentation']])
    expect(faults).toEqual(['b/model.onnx', 'c/card.json'])
  })
  it('the suite brings models, all of them whole', async () => {
    const faults: string[] = []
    expect((await readModelCards(MODELS, place => faults.push(place))).length).toBeGreaterThan(0)
    expect(faults).toEqual([])
  })
})
