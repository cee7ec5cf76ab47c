/** Our codec against protobufjs with the standard's .proto: what one writes the other reads, in both directions. */
import {
  asType,
  birthMetric,
  DATA_TYPES,
  type DataType,
  decodeSparkplug,
  encodeSparkplug,
  metricsOfReadings,
  type SparkplugMetric,
  type Template,
} from '@millwright/contract'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type RawMetric, type RawPayload, readRaw, writeRaw } from './support/independent.ts'

const T = 1_764_000_000_000
const one = (metric: SparkplugMetric, options = {}): RawMetric =>
  readRaw(encodeSparkplug({ timestamp: T, metrics: [metric] }, options)).metrics![0]!
const back = (metric: RawMetric): SparkplugMetric =>
  decodeSparkplug(writeRaw({ timestamp: `${T}`, metrics: [metric] })).metrics[0]!

const scalars: [DataType, fc.Arbitrary<number | string | boolean>][] = [
  ['Int8', fc.integer({ min: -128, max: 127 })],
  ['Int16', fc.integer({ min: -32768, max: 32767 })],
  ['Int32', fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })],
  ['Int64', fc.maxSafeInteger()],
  ['UInt8', fc.integer({ min: 0, max: 255 })],
  ['UInt16', fc.integer({ min: 0, max: 65535 })],
  ['UInt32', fc.integer({ min: 0, max: 2 ** 32 - 1 })],
  ['UInt64', fc.maxSafeNat()],
  ['DateTime', fc.maxSafeNat()],
  ['Float', fc.float({ noNaN: true, noDefaultInfinity: true })],
  ['Double', fc.double({ noNaN: true, noDefaultInfinity: true })],
  ['Boolean', fc.boolean()],
  ['String', fc.string({ unit: 'binary' })],
  ['Text', fc.string()],
  ['UUID', fc.uuid()],
]

/** The value as it stands in the message of the independent decoder, by the field that the standard names for its type. */
function rawValue(type: DataType, raw: RawMetric): unknown {
  const { intValue, longValue } = raw
  switch (type) {
    case 'Int8':
    case 'Int16':
    case 'Int32':
      return intValue === undefined ? undefined : intValue | 0
    case 'UInt8':
    case 'UInt16':
      return intValue
    case 'Int64':
      return longValue === undefined ? undefined : Number(BigInt.asIntN(64, BigInt(longValue)))
    case 'UInt32':
    case 'UInt64':
    case 'DateTime':
      return longValue === undefined ? undefined : Number(longValue)
    case 'Float':
      return raw.floatValue
    case 'Double':
      return raw.doubleValue
    case 'Boolean':
      return raw.booleanValue
    default:
      return raw.stringValue
  }
}
function rawOf(type: DataType, value: number | string | boolean): RawMetric {
  const datatype = DATA_TYPES[type]
  switch (type) {
    case 'Int8':
    case 'Int16':
    case 'Int32':
      return { datatype, intValue: Number(value) >>> 0 }
    case 'UInt8':
    case 'UInt16':
      return { datatype, intValue: Number(value) }
    case 'Int64':
      return { datatype, longValue: `${BigInt.asUintN(64, BigInt(value as number))}` }
    case 'UInt32':
    case 'UInt64':
    case 'DateTime':
      return { datatype, longValue: `${value}` }
    case 'Float':
      return { datatype, floatValue: Number(value) }
    case 'Double':
      return { datatype, doubleValue: Number(value) }
    case 'Boolean':
      return { datatype, booleanValue: value === true }
    default:
      return { datatype, stringValue: String(value) }
  }
}

describe('values of every type', () => {
  it.each(scalars)('%s written by us is read by them', (type, values) => {
    fc.assert(
      fc.property(values, value => {
        const raw = one({ name: 'm', type, value, timestamp: T })
        expect(raw.datatype).toBe(DATA_TYPES[type])
        expect(rawValue(type, raw)).toBe(value)
      }),
    )
  })
  it.each(scalars)('%s written by them is read by us', (type, values) => {
    fc.assert(
      fc.property(values, value => {
        expect(back({ name: 'm', ...rawOf(type, value) })).toMatchObject({ name: 'm', type, value })
        // Without a type, as in data by alias, the birth's type gives the meaning.
        const { datatype: _datatype, ...bare } = rawOf(type, value)
        expect(asType(type, back(bare).value)).toBe(value)
      }),
    )
  })
  it('what is null has is_null and no value', () => {
    const raw = one({ name: 'm', type: 'Double', value: null })
    expect(raw).toEqual({ name: 'm', datatype: 10, isNull: true })
    expect(back({ name: 'm', datatype: 10, isNull: true, doubleValue: 4 }).value).toBeNull()
  })
  it('numbers of 64 bits survive: aliases, sequences, times', () => {
    for (const alias of [0, 127, 128, 2 ** 32, 2 ** 53 - 1, 2n ** 63n, 2n ** 64n - 1n]) {
      expect(one({ alias, value: 1, type: 'Double' }).alias).toBe(`${alias}`)
      expect(back({ alias: `${alias}`, doubleValue: 1 }).alias).toBe(alias)
    }
    const bytes = encodeSparkplug({ timestamp: T, seq: 255, metrics: [] })
    expect(readRaw(bytes)).toMatchObject({ timestamp: `${T}`, seq: '255' })
  })
  it('arrays and types of a later standard are seen and passed over, the rest of the message stands', () => {
    const payload = decodeSparkplug(
      writeRaw({
        timestamp: '1',
        metrics: [
          { name: 'a', datatype: 22 },
          { name: 'b', datatype: 10, doubleValue: 2 },
        ],
      }),
    )
    expect(payload.metrics[0]).toMatchObject({ name: 'a', unsupported: true, value: null })
    expect(payload.metrics[1]).toMatchObject({ name: 'b', value: 2 })
  })
})

describe('data as the edge agent sends it', () => {
  const readings = [
    { tag: 'a/x', t: T + 1, value: 1.5, quality: 'good' },
    { tag: 'a/y', t: T, value: null, quality: 'bad' },
  ] as const
  it('has name and type without aliases; alias alone with them', () => {
    const named = metricsOfReadings(readings, () => 'float', 7, { historical: true })
    const bytes = encodeSparkplug({ timestamp: T, seq: 1, metrics: named })
    expect(readRaw(bytes).metrics?.map(m => [m.name, m.datatype, m.isHistorical])).toEqual([
      ['y', 10, true],
      ['x', 10, true],
    ])
    const byAlias = metricsOfReadings(readings, () => 'float', 7, { historical: false, aliasOf: () => 5 })
    const raw = readRaw(encodeSparkplug({ timestamp: T, seq: 1, metrics: byAlias }, { withoutTypes: true }))
    expect(raw.metrics?.map(m => [m.alias, m.name, m.datatype, m.isHistorical])).toEqual([
      ['5', undefined, undefined, undefined],
      ['5', undefined, undefined, undefined],
    ])
  })
  it('carries quality and its own sequence as typed properties', () => {
    const [first] = metricsOfReadings(readings, () => 'float', 2 ** 51, { historical: false })
    expect(one(first!).properties).toMatchObject({
      keys: ['Quality', 'millwright_sequence'],
      values: [
        { type: 3, intValue: 0 },
        { type: 8, longValue: `${2 ** 51}` },
      ],
    })
  })
  it('births say what is known of a tag', () => {
    const birth = birthMetric(
      {
        tag: 'a/x',
        agent: 'a',
        device: 'd',
        source: 'opcua',
        type: 'float',
        unit: '%',
        description: { zh: '水分', en: 'Moisture' },
        range: { low: 0, high: 30 },
      },
      undefined,
      T,
      9,
    )
    const { properties, ...rest } = one(birth)
    expect(rest).toEqual({ name: 'x', alias: '9', timestamp: `${T}`, datatype: 10, isNull: true })
    expect(properties?.values[properties.keys.indexOf('engUnit')]).toMatchObject({ type: 12, stringValue: '%' })
    expect(properties?.values[properties.keys.indexOf('engHigh')]).toMatchObject({ type: 10, doubleValue: 30 })
  })
})

describe('templates', () => {
  const definition: Template = {
    kind: 'template',
    version: '1.2',
    isDefinition: true,
    // Not to be written: a definition refers to none.
    templateRef: 'nothing',
    metrics: [{ name: 'speed', type: 'Int32', value: null }],
    parameters: [
      { name: 'rating', type: 'Float', value: 7.5 },
      { name: 'maker', type: 'String', value: null },
    ],
  }
  const instance: Template = {
    kind: 'template',
    isDefinition: false,
    templateRef: 'Motor',
    metrics: [{ name: 'speed', type: 'Int32', value: -3 }],
    parameters: [{ name: 'rating', type: 'Float', value: 8 }],
  }
  it('tck-id-payloads-template-is-definition, -template-is-definition-definition, -template-definition-is-definition, -template-definition-ref, -template-ref-definition, -template-version, -template-definition-parameters-default: a definition says so, with its version, its parameters\u2019 values if it has any, and without a reference', () => {
    const raw = one({ name: 'Motor', type: 'Template', value: definition }).templateValue
    expect(raw).toMatchObject({ isDefinition: true, version: '1.2' })
    expect(raw?.templateRef).toBeUndefined()
    expect(raw?.parameters?.[0]).toMatchObject({ name: 'rating', type: 9, floatValue: 7.5 })
    expect(raw?.metrics?.[0]).toMatchObject({ name: 'speed', datatype: 3, isNull: true })
  })
  it('tck-id-payloads-template-is-definition-instance, -template-instance-is-definition, -template-instance-ref, -template-ref-instance, -template-instance-parameters, -template-instance-members-data: an instance says that it is none, and which definition it is of', () => {
    const raw = one({ name: 'M1', type: 'Template', value: instance }).templateValue
    expect(raw).toMatchObject({ isDefinition: false, templateRef: 'Motor' })
    expect(raw?.metrics?.[0]?.intValue).toBe(2 ** 32 - 3)
  })
  it('tck-id-payloads-template-parameter-name-required, -template-parameter-name-type, -template-parameter-type-req, -template-parameter-type-value, -template-parameter-value-type, -template-parameter-value: parameters have a name, a type of the basic ones, and a value of a field of the .proto', () => {
    const [rating, maker] = one({ name: 'Motor', type: 'Template', value: definition }).templateValue!.parameters!
    expect(rating).toMatchObject({ name: 'rating', type: 9 })
    expect(maker).toEqual({ name: 'maker', type: 12 })
  })
  it('come back as they went', () => {
    for (const value of [{ ...definition, templateRef: undefined }, instance])
      expect(
        decodeSparkplug(
          encodeSparkplug({ timestamp: T, metrics: [{ name: 'm', type: 'Template', value: value as Template }] }),
        ).metrics[0]?.value,
      ).toEqual(value)
  })
  it('written by them, nested, are read by us; nested without end are refused', () => {
    let raw: RawMetric = { name: 'leaf', datatype: 10, doubleValue: 1 }
    for (let depth = 0; depth < 3; depth += 1)
      raw = {
        name: `t${depth}`,
        datatype: 19,
        templateValue: { isDefinition: false, templateRef: 'x', metrics: [raw] },
      }
    expect(JSON.stringify(back(raw).value)).toContain('"name":"leaf"')
    for (let depth = 0; depth < 40; depth += 1)
      raw = { name: 't', datatype: 19, templateValue: { isDefinition: false, metrics: [raw] } }
    expect(() => back(raw)).toThrow('too deep')
  })
})

describe('data sets', () => {
  it('tck-id-payloads-dataset-column-size, -dataset-column-num-headers, -dataset-types-num, -dataset-types-def, -dataset-types-type, -dataset-parameter-type-req, tck-id-payloads-template-dataset-value: columns are counted, named and typed, cells stand in a field of the .proto', () => {
    const table = {
      kind: 'dataset',
      columns: ['a', 'b', 'c'],
      types: ['Int32', 'String', 'Boolean'],
      rows: [
        [-1, 'x', true],
        [2, null, false],
      ],
    } as const
    const raw = one({ name: 'm', type: 'DataSet', value: table }).datasetValue
    expect(raw).toMatchObject({ numOfColumns: '3', columns: ['a', 'b', 'c'], types: [3, 12, 11] })
    expect(raw?.rows).toHaveLength(2)
    const bytes = encodeSparkplug({ timestamp: T, metrics: [{ name: 'm', type: 'DataSet', value: table }] })
    expect(decodeSparkplug(bytes).metrics[0]?.value).toEqual(table)
    expect(decodeSparkplug(writeRaw(readRaw(bytes))).metrics[0]?.value).toEqual(table)
  })
})

describe('whole payloads', () => {
  const metric = fc.record(
    {
      name: fc.string({ maxLength: 60 }),
      alias: fc.maxSafeNat().map(String),
      timestamp: fc.maxSafeNat().map(String),
      isHistorical: fc.boolean(),
      isTransient: fc.boolean(),
      properties: fc
        .dictionary(
          fc.string({ maxLength: 10 }).filter(key => key !== '__proto__'),
          fc.string(),
        )
        .map(entries => ({
          keys: Object.keys(entries),
          values: Object.values(entries).map(stringValue => ({ type: 12, stringValue })),
        })),
      doubleValue: fc.double({ noNaN: true }),
    },
    { requiredKeys: ['doubleValue'] },
  )
  it('any that they write is read by us, and what we write of it is read by them', () => {
    fc.assert(
      fc.property(fc.array(metric, { maxLength: 20 }), fc.integer({ min: 0, max: 255 }), (metrics, seq) => {
        const payload: RawPayload = {
          timestamp: `${T}`,
          seq: `${seq}`,
          metrics: metrics.map(m => ({ datatype: 10, ...m })),
        }
        const ours = decodeSparkplug(writeRaw(payload))
        const again = readRaw(encodeSparkplug(ours))
        expect(again.seq).toBe(`${seq}`)
        expect(again.metrics?.map(m => [m.name, m.alias, m.timestamp, m.doubleValue]) ?? []).toEqual(
          metrics.map(m => [m.name, m.alias, m.timestamp, m.doubleValue]),
        )
        expect(decodeSparkplug(encodeSparkplug(ours))).toEqual(ours)
      }),
      { numRuns: 500 },
    )
  })
})
