import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isBitTable, type ModbusAddress, parseModbusAddress, widthOf } from './address.ts'
import { decodeRegisters, encodeRegisters } from './decode.ts'
import { planReads, type ReadLimits } from './plan-reads.ts'

const address = (text: string): ModbusAddress => {
  const parsed = parseModbusAddress(text, 'abcd')
  if (!parsed.ok) throw new Error(parsed.fault)
  return parsed.value
}

describe('addresses', () => {
  it.each([
    ['holding:10', { table: 'holding', number: 10, encoding: 'uint16', order: 'abcd' }],
    ['input:0:float32@cdab', { table: 'input', number: 0, encoding: 'float32', order: 'cdab' }],
    ['coil:3', { table: 'coil', number: 3, encoding: 'boolean', order: 'abcd' }],
    ['holding:5:bit:15', { table: 'holding', number: 5, encoding: { bit: 15 }, order: 'abcd' }],
    ['holding:5:string:7@badc', { table: 'holding', number: 5, encoding: { bytes: 7 }, order: 'badc' }],
    ['holding:65535', { table: 'holding', number: 65_535, encoding: 'uint16', order: 'abcd' }],
  ])('%s', (text, expected) => expect(address(text)).toEqual(expected))
  it.each([
    '',
    'holding',
    'holding:x',
    'holding:70000',
    'register:1',
    'holding:1:float16',
    'holding:1@abdc',
    'coil:1:uint16',
    'holding:1:bit:16',
    'holding:1:string',
    'holding:65535:float32',
    'holding:1:int16:4',
  ])('refuses "%s" with a reason', text => {
    const parsed = parseModbusAddress(text, 'abcd')
    expect(parsed.ok ? '' : parsed.fault).not.toBe('')
  })
})

describe('decoding', () => {
  // Registers as other stacks (pymodbus, libmodbus) put them on the wire.
  it.each([
    ['uint16', [0xfffe], 65_534],
    ['int16', [0xfffe], -2],
    ['uint32@abcd', [0x0001, 0x0002], 65_538],
    ['uint32@cdab', [0x0002, 0x0001], 65_538],
    ['uint32@badc', [0x0100, 0x0200], 65_538],
    ['uint32@dcba', [0x0200, 0x0100], 65_538],
    ['int32@abcd', [0xffff, 0xfffe], -2],
    ['float32@abcd', [0x4148, 0x0000], 12.5],
    ['float32@cdab', [0x0000, 0x4148], 12.5],
    ['float32@badc', [0x4841, 0x0000], 12.5],
    ['float32@dcba', [0x0000, 0x4841], 12.5],
    ['float64@abcd', [0x4029, 0, 0, 0], 12.5],
    ['float64@cdab', [0, 0, 0, 0x4029], 12.5],
    ['uint64@abcd', [0, 1, 0, 2], 4_294_967_298],
    ['int64@abcd', [0xffff, 0xffff, 0xffff, 0xfffe], -2],
    ['int64@dcba', [0xfeff, 0xffff, 0xffff, 0xffff], -2],
    ['bit:0', [0x0001], true],
    ['bit:15', [0x7fff], false],
    ['string:4', [0x4142, 0x4300], 'ABC'],
    ['string:3@badc', [0x4241, 0x4443], 'ABC'],
    ['string:6', [0xe6b0, 0xb4e5, 0x8886], '水分'],
  ])('%s %j', (encoding, registers, value) => {
    expect(decodeRegisters(address(`holding:0:${encoding}`), registers as number[])).toBe(value)
  })
  it('a float that is not a number is no value', () => {
    expect(decodeRegisters(address('holding:0:float32'), [0x7fc0, 0])).toBeNull()
  })
  const encodings = ['uint16', 'int16', 'uint32', 'int32', 'uint64', 'int64', 'float32', 'float64']
  it('what is written is read back, in every order', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...encodings),
        fc.constantFrom('abcd', 'cdab', 'badc', 'dcba'),
        fc.integer({ min: -32_768, max: 65_535 }),
        (encoding, order, value) => {
          const at = address(`holding:0:${encoding}@${order}`)
          const registers = encodeRegisters(at, value)
          if (registers === undefined) {
            const fits = encoding.startsWith('u') ? value >= 0 : encoding === 'int16' ? value <= 32_767 : true
            expect(fits).toBe(false)
          } else {
            expect(registers.every(word => Number.isInteger(word) && word >= 0 && word <= 0xffff)).toBe(true)
            expect(registers).toHaveLength(widthOf(at))
            expect(decodeRegisters(at, registers)).toBe(value)
          }
        },
      ),
    )
  })
  it('a bit leaves its neighbours alone', () => {
    expect(encodeRegisters(address('holding:0:bit:3'), true, [0x8001])).toEqual([0x8009])
    expect(encodeRegisters(address('holding:0:bit:0'), false, [0x8001])).toEqual([0x8000])
  })
  it('text that does not fit is refused', () => {
    expect(encodeRegisters(address('holding:0:string:3'), 'ABCD')).toBeUndefined()
    expect(encodeRegisters(address('holding:0:string:4'), 'AB')).toEqual([0x4142, 0])
  })
})

describe('planned reads', () => {
  const limits: ReadLimits = { maxRegisters: 125, maxBits: 2000, maxGap: 8 }
  it('joins over small gaps, and not over large ones', () => {
    const plan = planReads(['holding:0', 'holding:9', 'holding:30', 'coil:1'].map(address), limits)
    expect(plan).toEqual([
      { table: 'holding', from: 0, count: 10, items: [0, 1] },
      { table: 'holding', from: 30, count: 1, items: [2] },
      { table: 'coil', from: 1, count: 1, items: [3] },
    ])
  })
  const addresses = fc.array(
    fc
      .tuple(
        fc.constantFrom('holding', 'input', 'coil', 'discrete'),
        fc.integer({ min: 0, max: 600 }),
        fc.constantFrom('', ':float32', ':float64', ':string:20'),
      )
      .map(([table, number, type]) =>
        address(`${table}:${number}${table === 'coil' || table === 'discrete' ? '' : type}`),
      ),
    { maxLength: 60 },
  )
  const someLimits = fc.record({
    maxRegisters: fc.integer({ min: 10, max: 125 }),
    maxBits: fc.integer({ min: 1, max: 2000 }),
    maxGap: fc.integer({ min: 0, max: 50 }),
  })
  it('every address lies wholly inside exactly one request, within the limits', () => {
    fc.assert(
      fc.property(addresses, someLimits, (all, some) => {
        const plan = planReads(all, some)
        expect(plan.flatMap(({ items }) => items).sort((a, b) => a - b)).toEqual([...all.keys()])
        for (const { table, from, count, items } of plan) {
          expect(count).toBeLessThanOrEqual(isBitTable(table) ? some.maxBits : some.maxRegisters)
          for (const item of items) {
            const one = all[item]!
            expect(one.table).toBe(table)
            expect(one.number).toBeGreaterThanOrEqual(from)
            expect(one.number + widthOf(one)).toBeLessThanOrEqual(from + count)
          }
        }
      }),
    )
  })
  it('no two neighbouring requests could have been one, and none reads over a larger gap', () => {
    fc.assert(
      fc.property(addresses, someLimits, (all, some) => {
        const plan = planReads(all, some)
        for (const [table, mine] of Map.groupBy(plan, ({ table }) => table)) {
          const most = isBitTable(table) ? some.maxBits : some.maxRegisters
          mine.sort((a, b) => a.from - b.from)
          for (const [index, next] of mine.entries()) {
            const before = mine[index - 1]
            if (before === undefined) continue
            const end = Math.max(before.from + before.count, next.from + next.count)
            const joins = end - before.from <= most && next.from - (before.from + before.count) <= some.maxGap
            expect(joins).toBe(false)
          }
        }
      }),
    )
  })
})
