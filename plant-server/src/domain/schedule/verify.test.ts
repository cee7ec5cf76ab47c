import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { costOf, type Plan, type PlannedOperation, type Problem } from './model.ts'
import { randomPlant } from './random-problem.suite.ts'
import { createSearch } from './solve.ts'
import { type Violation, verify } from './verify.ts'

const operation = (machine: number, duration: number, extra: object = {}) => ({
  alternatives: [{ machine, duration }],
  family: null,
  materialReady: 0,
  interruptible: false,
  frozen: null,
  ...extra,
})

/** Two machines: the first works 0-100 and 150-300 and needs 10 to change its family, the second always works. */
const problem: Problem = {
  now: 5,
  machines: [
    {
      open: [
        { start: 0, end: 100 },
        { start: 150, end: 300 },
      ],
      setup: [
        [0, 10],
        [10, 0],
      ],
      family: 0,
    },
    { open: null, setup: null, family: null },
  ],
  jobs: [
    {
      release: 10,
      due: 200,
      weight: 1,
      operations: [operation(0, 30, { family: 1 }), operation(1, 20, { materialReady: 60 })],
    },
    { release: 0, due: null, weight: 1, operations: [operation(0, 60, { family: 0, interruptible: true })] },
    { release: 0, due: null, weight: 1, operations: [operation(1, 8, { frozen: { machine: 1, start: 0, end: 8 } })] },
  ],
}
const sound: PlannedOperation[] = [
  { job: 0, operation: 0, machine: 0, start: 10, end: 40 },
  { job: 0, operation: 1, machine: 1, start: 60, end: 80 },
  { job: 1, operation: 0, machine: 0, start: 50, end: 160 },
  { job: 2, operation: 0, machine: 1, start: 0, end: 8 },
]
const changed = (job: number, index: number, change: Partial<PlannedOperation>): Plan => ({
  operations: sound.map(row => (row.job === job && row.operation === index ? { ...row, ...change } : row)),
})
const codes = (plan: Plan) => new Set(verify(problem, plan).map(({ code }) => code))

describe('verifier', () => {
  test('sound plan has no violation', () => {
    expect(verify(problem, { operations: sound })).toEqual([])
  })

  const planted: [Violation['code'], Plan][] = [
    ['unknown-operation', { operations: [...sound, { job: 7, operation: 0, machine: 0, start: 200, end: 210 }] }],
    ['missing-operation', { operations: sound.slice(1) }],
    ['repeated-operation', { operations: [...sound, sound[0]!] }],
    ['bad-times', changed(0, 1, { start: Number.NaN })],
    ['bad-times', changed(0, 1, { start: 60.5, end: 80.5 })],
    ['wrong-machine', changed(0, 1, { machine: 0, start: 200, end: 220 })],
    ['wrong-machine', changed(0, 1, { machine: 9 })],
    ['wrong-duration', changed(0, 1, { end: 79 })],
    ['before-now', changed(1, 0, { start: 0, end: 60 })],
    ['before-release', changed(0, 0, { start: 9, end: 39 })],
    ['before-material', changed(0, 1, { start: 59, end: 79 })],
    ['before-predecessor', changed(0, 0, { start: 170, end: 200 })],
    ['machine-closed', changed(0, 0, { start: 80, end: 110 })],
    ['machine-closed', changed(1, 0, { start: 120, end: 210 })],
    ['frozen-changed', changed(2, 0, { start: 1, end: 9 })],
    ['overlap', changed(1, 0, { start: 39, end: 99 })],
    ['setup-too-short', changed(1, 0, { start: 49, end: 159 })],
    ['setup-too-short', changed(0, 0, { start: 9, end: 39 })],
  ]
  test.each(planted)('%s is found when planted (%#)', (code, plan) => {
    expect([...codes(plan)]).toContain(code)
  })

  test('any plan of the solver is sound, and its cost is what the plan says', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100_000 }), seed => {
        const plant = randomPlant(seed)
        const search = createSearch(plant, seed, null)
        search.step(40)
        expect(verify(plant, search.plan())).toEqual([])
        expect(search.cost()).toEqual(costOf(plant, search.plan()))
      }),
      { numRuns: 150 },
    )
  })

  test('a sound plan with one operation moved to an earlier time is refused, as plans of the solver have no slack', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100_000 }), fc.nat(), (seed, pick) => {
        const plant = randomPlant(seed)
        const search = createSearch(plant, seed, null)
        const { operations } = search.plan()
        const at = pick % operations.length
        const earlier = operations.map((row, i) =>
          i === at ? { ...row, start: row.start - 1, end: row.end - 1 } : row,
        )
        expect(verify(plant, { operations: earlier })).not.toEqual([])
      }),
      { numRuns: 150 },
    )
  })

  test('a sound plan with one operation taken out, doubled, shortened or sent elsewhere is refused', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100_000 }), fc.nat(), fc.nat({ max: 3 }), (seed, pick, kind) => {
        const plant = randomPlant(seed)
        const { operations } = createSearch(plant, seed, null).plan()
        const row = operations[pick % operations.length]!
        const others = operations.filter(other => other !== row)
        const mutants = [
          others,
          [...operations, row],
          [...others, { ...row, end: row.end - 1 }],
          [...others, { ...row, machine: plant.machines.length }],
        ]
        expect(verify(plant, { operations: mutants[kind]! })).not.toEqual([])
      }),
      { numRuns: 150 },
    )
  })
})
