import { decodeSparkplug } from '@millwright/contract'
import { describe, expect, it } from 'vitest'
import { createEdgeNode } from './edge-node.ts'

describe('the messages of an edge node', () => {
  it('has the metrics of a birth in the order of their times, while the clock moves on', () => {
    let now = 1000
    const node = createEdgeNode({
      group: 'plant',
      agent: 'line-1',
      devices: ['meter'],
      definitions: () => [],
      newest: () => undefined,
      typeOf: () => undefined,
      now: () => now++,
    })
    for (const { payload } of [node.death(3), ...node.births(3, () => true)]) {
      const { timestamp, metrics } = decodeSparkplug(payload)
      const times = metrics.map(metric => Number(metric.timestamp))
      expect(times).toEqual([...times].sort((a, b) => a - b))
      for (const time of times) expect(time).toBeLessThanOrEqual(Number(timestamp))
    }
  })
})
