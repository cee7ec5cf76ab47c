import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ModbusAddress, parseModbusAddress, widthOf } from './address.ts'
import { answeredIn, NO_PATIENCE, probeTimeout } from './patience.ts'
import type { PlannedRead, ReadLimits } from './plan-reads.ts'
import { firstPlan, type PlanState, refuse, restore } from './register-plan.ts'

const address = (text: string): ModbusAddress => {
  const parsed = parseModbusAddress(text, 'abcd')
  if (!parsed.ok) throw new Error(parsed.fault)
  return parsed.value
}
const LIMITS: ReadLimits = { maxRegisters: 125, maxBits: 2000, maxGap: 8 }

/** Asks as a source does until nothing is refused; gives the plan, the order of findings, and the requests it took. */
function settle(first: PlanState, missing: ReadonlySet<number>) {
  const refused = ({ from, count }: PlannedRead) =>
    Array.from({ length: count }, (_, index) => from + index).some(number => missing.has(number))
  let plan = first
  const found: number[] = []
  let asked = 0
  for (let read = plan.reads.find(refused); read !== undefined; read = plan.reads.find(refused)) {
    asked += 1
    if (asked > 10_000) throw new Error('it never settles')
    const next = refuse(plan, read)
    plan = next.state
    if (next.found !== undefined) found.push(next.found)
  }
  return { plan, found, asked }
}

describe('a register that is not there', () => {
  it('is found by halving, and its neighbours are joined again around it', () => {
    const addresses = Array.from({ length: 100 }, (_, index) => address(`holding:${index}`))
    const { plan, found, asked } = settle(firstPlan(addresses, LIMITS), new Set([37]))
    expect(found).toEqual([37])
    expect(asked).toBeLessThanOrEqual(8)
    expect(plan.reads.map(({ from, count }) => [from, count])).toEqual([
      [0, 37],
      [38, 62],
    ])
  })
  it('in a gap costs no tag', () => {
    const addresses = ['holding:0', 'holding:5', 'holding:9'].map(address)
    const { plan, found } = settle(firstPlan(addresses, LIMITS), new Set([3]))
    expect(found).toEqual([])
    expect(plan.reads.map(({ from, count }) => [from, count])).toEqual([
      [0, 1],
      [5, 1],
      [9, 1],
    ])
  })
  it('that is there again is read with the others', () => {
    const addresses = ['holding:0', 'holding:1', 'holding:2'].map(address)
    const { plan } = settle(firstPlan(addresses, LIMITS), new Set([1]))
    expect(plan.reads).toHaveLength(2)
    expect(restore(plan, 1).reads).toEqual(firstPlan(addresses, LIMITS).reads)
  })
  it('whatever is missing: exactly the tags that touch it are at fault, all others are read', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc
            .tuple(fc.integer({ min: 0, max: 120 }), fc.constantFrom('', ':float32', ':bit:3', ':string:6'))
            .map(([number, type]) => address(`holding:${number}${type}`)),
          { minLength: 1, maxLength: 40 },
        ),
        fc.uniqueArray(fc.integer({ min: 0, max: 125 }), { maxLength: 12 }),
        (addresses, missing) => {
          const holes = new Set(missing)
          const { plan, found } = settle(firstPlan(addresses, LIMITS), holes)
          const touches = ({ number }: ModbusAddress, width: number) =>
            Array.from({ length: width }, (_, index) => number + index).some(at => holes.has(at))
          const expected = [...addresses.keys()].filter(index => touches(addresses[index]!, widthOf(addresses[index]!)))
          expect(found.toSorted((a, b) => a - b)).toEqual(expected)
          const alive = plan.reads.flatMap(({ items }) => items).sort((a, b) => a - b)
          expect(alive).toEqual([...addresses.keys()].filter(index => !expected.includes(index)))
        },
      ),
    )
  })
})

describe('patience with a silent device', () => {
  const quick = answeredIn(NO_PATIENCE, 5)
  it.each([
    ['that has never answered', NO_PATIENCE, 1, 1000],
    ['that is quick', quick, 1, 100],
    ['that is quick, at the fourth try', quick, 4, 1000],
    ['that is slow', answeredIn(NO_PATIENCE, 200), 1, 800],
    ['that is slower than its limit allows', answeredIn(NO_PATIENCE, 900), 1, 1000],
  ])('%s', (_name, patience, tried, ms) => expect(probeTimeout(patience, tried, 1000)).toBe(ms))
})
