/** Names of groups, nodes, devices and metrics as the agent's file may hold them. */
import { parseSparkplugTopic, topics } from '@millwright/contract'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseConfig } from '../config/load.ts'

function faults(change: object): number {
  const config = {
    agent: 'a',
    group: 'g',
    data: 'd',
    server: { mqtt: 'mqtt://127.0.0.1', http: 'http://127.0.0.1' },
    sources: [{ id: 'cell', kind: 'modbus', host: 'h' }],
    tags: [
      { name: 'x/y', source: 'cell', address: 'holding:0:uint16', type: 'int', description: { zh: 'x', en: 'x' } },
    ],
    ...change,
  }
  const parsed = parseConfig(JSON.stringify(config), 'edge.yaml', {})
  return parsed.ok ? 0 : parsed.fault.length
}

describe('the agent\u2019s file', () => {
  it('tck-id-intro-group-id-chars, tck-id-intro-edge-node-id-chars, tck-id-intro-device-id-chars, tck-id-topic-structure-namespace-valid-group-id, tck-id-topic-structure-namespace-valid-edge-node-id, tck-id-topic-structure-namespace-valid-device-id: takes no name with +, / or #', () => {
    expect(faults({})).toBe(0)
    for (const bad of ['a+b', 'a/b', 'a#b', '']) {
      expect(faults({ group: bad })).toBeGreaterThan(0)
      expect(faults({ agent: bad })).toBeGreaterThan(0)
      expect(faults({ sources: [{ id: bad, kind: 'modbus', host: 'h' }], tags: [] })).toBeGreaterThan(0)
    }
  })
  it('tck-id-topic-structure-namespace-unique-device-id, tck-id-case-sensitivity-sparkplug-ids, tck-id-case-sensitivity-metric-names: no name twice, and none that differs in case alone', () => {
    const cell = { id: 'cell', kind: 'modbus', host: 'h' }
    const tag = {
      name: 'x/y',
      source: 'cell',
      address: 'holding:0:uint16',
      type: 'int',
      description: { zh: 'x', en: 'x' },
    }
    expect(faults({ sources: [cell, cell] })).toBeGreaterThan(0)
    expect(faults({ sources: [cell, { ...cell, id: 'Cell' }] })).toBeGreaterThan(0)
    expect(faults({ agent: 'A' })).toBeGreaterThan(0)
    expect(faults({ tags: [tag, tag] })).toBeGreaterThan(0)
    expect(faults({ tags: [tag, { ...tag, name: 'X/y' }] })).toBeGreaterThan(0)
  })
})

it('topics come back as they were written, and nothing else is one', () => {
  const word = fc.stringMatching(/^[^+#/\0]{1,20}$/)
  fc.assert(
    fc.property(word, word, word, (group, node, device) => {
      for (const type of ['NBIRTH', 'NDEATH', 'NDATA', 'NCMD'] as const)
        expect(parseSparkplugTopic(topics.sparkplug({ group, type, node }))).toEqual({ group, type, node })
      for (const type of ['DBIRTH', 'DDEATH', 'DDATA', 'DCMD'] as const)
        expect(parseSparkplugTopic(topics.sparkplug({ group, type, node, device }))).toEqual({
          group,
          type,
          node,
          device,
        })
    }),
  )
  for (const bad of [
    '',
    'spBv1.0',
    'spBv1.0/g/NBIRTH',
    'spBv1.0/g/NBIRTH/n/d',
    'spBv1.0/g/DDATA/n',
    'spAv1.0/g/NDATA/n',
    'spBv1.0/STATE/h',
  ])
    expect(parseSparkplugTopic(bad)).toBeUndefined()
})
