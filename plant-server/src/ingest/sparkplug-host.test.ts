import {
  decodeSparkplug as decodePayload,
  encodeSparkplug as encodePayload,
  manualClock,
  type Reading,
  type TagDefinition,
  VENDOR,
  VENDOR_METRIC,
} from '@millwright/contract'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ReadingItem } from '../stores/readings.ts'
import { tagDefinition } from '../testing/plant-rig.ts'
import { createSparkplugHost } from './sparkplug-host.ts'

const TAG = 'primary/dryer/outlet_moisture'

function rig() {
  const items: ReadingItem[] = []
  const live: Reading[] = []
  const letters: string[] = []
  const rebirths: string[] = []
  const known: TagDefinition[] = []
  const clock = manualClock()
  const host = createSparkplugHost({
    clock,
    reorderMs: 0,
    tags: {
      learn: async definitions => void known.push(...definitions),
      get: () => undefined,
      of: () => [],
    },
    onItem: item => items.push(item),
    onRejected: () => undefined,
    onLive: readings => live.push(...readings),
    onStale: () => undefined,
    onNodeChange: () => undefined,
    askRebirth: (_agent, why) => rebirths.push(why),
    onDeadLetter: (_topic, _code, detail) => letters.push(detail),
  })
  return { clock, host, items, live, letters, rebirths, known }
}
const data = Buffer.from(
  encodePayload({
    timestamp: 5,
    seq: 1,
    metrics: [
      {
        name: 'dryer/outlet_moisture',
        type: 'Double',
        value: 12.5,
        timestamp: 1000,
        properties: { Quality: { type: 'Int32', value: 192 }, millwright_sequence: { type: 'UInt64', value: 2 ** 50 } },
      },
    ],
  }),
)

describe('sparkplug host', () => {
  it('64-bit sequences, signed integers, texts and what is no number come through', () => {
    const back = decodePayload(
      encodePayload({
        timestamp: 1_764_000_000_000,
        seq: 0,
        metrics: [
          { name: 'a', type: 'Int64', value: -7, timestamp: 1 },
          { name: 'b', type: 'Double', value: Number.NaN, timestamp: 1 },
          { name: 'c', type: 'String', value: '水分', timestamp: 1 },
          { name: 'd', type: 'Boolean', value: false, timestamp: 1 },
          { name: 'e', type: 'Double', value: null, timestamp: 1 },
        ],
      }),
    )
    expect(back.timestamp).toBe(1_764_000_000_000)
    expect(back.seq).toBe(0)
    expect(back.metrics.map(metric => metric.value)).toEqual([-7, Number.NaN, '水分', false, null])
    const { host, items } = rig()
    host.message('spBv1.0/g/DDATA/primary/plc', data)
    expect(items).toEqual([
      { agent: 'primary', sequence: 2 ** 50, readings: [{ tag: TAG, t: 1000, value: 12.5, quality: 'good' }] },
    ])
  })

  it('a node that gaps for ever is asked for its births every five seconds, not at each message', async () => {
    const { clock, host, rebirths } = rig()
    for (let i = 0; i < 100; i += 1) {
      host.message('spBv1.0/g/DDATA/primary/plc', data)
      await clock.advance(100)
    }
    expect(rebirths.length).toBe(2)
  })

  it('any bytes on any topic: no throw, and good data after them is stored', () => {
    const { host, items } = rig()
    const topic = fc.oneof(
      fc.constantFrom('NBIRTH', 'DBIRTH', 'NDATA', 'DDATA', 'NDEATH', 'DDEATH').map(type => `spBv1.0/g/${type}/n/d`),
      fc.string(),
    )
    const flipped = fc
      .array(fc.tuple(fc.nat(data.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 })
      .map(changes => {
        const bytes = Buffer.from(data)
        for (const [at, value] of changes) bytes[at] = value
        return bytes
      })
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 200 }).map(array => Buffer.from(array)),
      flipped,
    )
    fc.assert(
      fc.property(topic, bytes, (name, payload) => host.message(name, payload)),
      { numRuns: 3000 },
    )
    for (const { readings } of items)
      for (const reading of readings) expect(Number.isSafeInteger(reading.t) && reading.t > 0).toBe(true)
    const before = items.length
    host.message('spBv1.0/g/DDATA/primary/plc', data)
    expect(items).toHaveLength(before + 1)
  })

  it('births teach tags; a metric that can be no tag is set aside and the others stand', async () => {
    const { host, known, letters } = rig()
    const vendor = { name: VENDOR_METRIC, type: 'String', value: VENDOR, timestamp: 1 } as const
    host.message('spBv1.0/g/NBIRTH/primary', encodePayload({ timestamp: 1, seq: 0, metrics: [vendor] }))
    const metrics = ['dryer/outlet_moisture', 'Not A Tag'].map(
      name => ({ name, type: 'Double', value: 1, timestamp: 1 }) as const,
    )
    host.message('spBv1.0/g/DBIRTH/primary/plc', Buffer.from(encodePayload({ timestamp: 1, seq: 1, metrics })))
    await host.idle()
    expect(known.map(each => each.tag)).toEqual([tagDefinition(TAG).tag])
    expect(letters).toHaveLength(1)
  })
})
