import { decodeSparkplug, encodeSparkplug, type SparkplugMetric, type Template } from '@millwright/contract'
import { describe, expect, it } from 'vitest'
import { createNodeMetrics } from './node-metrics.ts'

const TAG_NAME = /^[a-z0-9][a-z0-9_-]*(\/[a-z0-9_-]+)+$/
const through = (metrics: readonly SparkplugMetric[], withoutTypes = false) =>
  decodeSparkplug(encodeSparkplug({ timestamp: 1, metrics }, { withoutTypes })).metrics

function rig(own = false) {
  const node = createNodeMetrics('Vendor X', name => TAG_NAME.test(name))
  const unusable: string[] = []
  const unborn: string[] = []
  const told = (what: string, why?: 'unborn') => void (why === undefined ? unusable : unborn).push(what)
  return {
    node,
    unusable,
    unborn,
    birth: (device: string | undefined, ...metrics: SparkplugMetric[]) =>
      node.birth(device, through(metrics), own, told).map(({ tag, metric }) => [tag, metric.value]),
    data: (device: string | undefined, ...metrics: SparkplugMetric[]) =>
      node.data(device, through(metrics, true), own, told).map(({ tag, metric }) => [tag, metric.value]),
  }
}
const metric = (name: string, more: Partial<SparkplugMetric> = {}): SparkplugMetric => ({
  name,
  type: 'Double',
  value: 1,
  ...more,
})
const byAlias = (
  alias: number | bigint,
  value: SparkplugMetric['value'],
  type: SparkplugMetric['type'] = 'Double',
) => ({
  alias,
  value,
  type,
})

describe('metrics of another vendor', () => {
  it('get names in our letters, with node and device', () => {
    const { birth } = rig()
    expect(birth('Dev 1', metric('Outputs/LED 3'), metric('温度'))).toEqual([
      ['vendor_x/dev_1/outputs/led_3', 1],
      ['vendor_x/dev_1/u6e29u5ea6', 1],
    ])
    expect(birth(undefined, metric('Inlet'))).toEqual([['vendor_x/inlet', 1]])
  })
  it('two names that become one: the second is set aside, the first stands', () => {
    const { birth, data, unusable } = rig()
    expect(birth('d', metric('Temp', { alias: 1 }), metric('temp', { alias: 2, value: 2 }))).toEqual([
      ['vendor_x/d/temp', 1],
    ])
    expect(unusable).toHaveLength(1)
    expect(data('d', byAlias(1, 5), byAlias(2, 6))).toEqual([['vendor_x/d/temp', 5]])
  })
  it('an alias means what the newest birth of the node says; one that none has said is told', () => {
    const { node, birth, data, unborn } = rig()
    birth('d', metric('a', { alias: 1 }))
    expect(data('d', byAlias(1, 5))).toEqual([['vendor_x/d/a', 5]])
    node.forget()
    expect(data('d', byAlias(1, 5))).toEqual([])
    expect(unborn).toEqual(['alias 1'])
    birth('d', metric('b', { alias: 1 }))
    expect(data('d', byAlias(1, 5))).toEqual([['vendor_x/d/b', 5]])
  })
  it('integers are read in the type that the birth says', () => {
    const { birth, data } = rig()
    birth('d', metric('a', { alias: 1, type: 'Int8', value: -1 }), metric('b', { alias: 2, type: 'UInt64', value: 1 }))
    expect(data('d', byAlias(1, -5, 'Int8'), byAlias(2, 7, 'UInt64'))).toEqual([
      ['vendor_x/d/a', -5],
      ['vendor_x/d/b', 7],
    ])
  })
  it('what no reading holds is set aside, in data without a word of "unborn"', () => {
    const { birth, data, unusable, unborn } = rig()
    const table = { kind: 'dataset', columns: ['c'], types: ['Int32'], rows: [[1]] } as const
    expect(birth('d', metric('t', { alias: 1, type: 'DataSet', value: table }))).toEqual([])
    expect(data('d', byAlias(1, table, 'DataSet'))).toEqual([])
    expect([unusable.length, unborn.length]).toEqual([1, 0])
  })
})

describe('templates', () => {
  const motor: Template = {
    kind: 'template',
    isDefinition: true,
    metrics: [metric('speed', { type: 'Int32', value: null })],
    parameters: [],
  }
  const instance = (...metrics: SparkplugMetric[]): Template => ({
    kind: 'template',
    isDefinition: false,
    templateRef: 'Motor',
    metrics,
    parameters: [],
  })
  it('definitions are no tags; members of instances are, in types of the definition, by alias later', () => {
    const { birth, data } = rig()
    expect(birth(undefined, metric('Motor', { type: 'Template', value: motor }))).toEqual([])
    const born = metric('M1', {
      alias: 9,
      type: 'Template',
      value: instance(metric('speed', { type: 'Int32', value: -3 })),
    })
    expect(birth('d', born)).toEqual([['vendor_x/d/m1/speed', -3]])
    const later = byAlias(9, instance({ name: 'speed', type: 'Int32', value: -4 }), 'Template')
    expect(data('d', later)).toEqual([['vendor_x/d/m1/speed', -4]])
  })
})

describe('metrics of our own nodes', () => {
  it('are tags by their names, whatever the device', () => {
    const own = createNodeMetrics('line', name => TAG_NAME.test(name))
    const tags = own.birth('plc', through([metric('dryer/moisture'), metric('Bad Name')]), true, () => undefined)
    expect(tags.map(({ tag }) => tag)).toEqual(['line/dryer/moisture'])
  })
})
