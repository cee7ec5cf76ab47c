import { manualClock, type Reading } from '@millwright/contract'
import { expect, it } from 'vitest'
import { createPipeline } from './pipeline.ts'
import { createTagTable } from './tag-table.ts'

it('where the device dropped values the hole is marked right after what came last, counted, and the next value follows', () => {
  const clock = manualClock()
  const readings: Reading[] = []
  const holes: string[] = []
  const pipeline = createPipeline({
    tags: createTagTable({
      agent: 'a',
      group: 'g',
      data: '',
      server: { mqtt: '', http: '' },
      sources: [{ id: 'plc', kind: 'opcua', endpoint: 'opc.tcp://h' }],
      tags: [{ name: 'x', source: 'plc', address: 'i=1', type: 'float', description: { zh: '', en: '' } }],
    }),
    batcher: { add: (_, reading) => void readings.push(reading), flush: async () => {}, stop: async () => {} },
    clock,
    onFault: () => {},
    onHole: (device, tag) => void holes.push(`${device} ${tag}`),
  })
  const t = clock.now()
  const sample = (value: number, at: number, lost?: true) => ({
    name: 'x',
    value,
    quality: 'good' as const,
    t: at,
    ...(lost ? { lost } : {}),
  })
  // Before the first value nothing is known to be missing.
  pipeline.samples('plc', [sample(1, t - 900, true)])
  pipeline.samples('plc', [sample(2, t - 100, true)])
  pipeline.samples('other', [sample(3, t)])
  expect(readings.map(({ t: at, value }) => [at - t, value])).toEqual([
    [-900, 1],
    [-899, null],
    [-100, 2],
  ])
  expect(holes).toEqual(['plc a/x'])
  pipeline.stop()
})
