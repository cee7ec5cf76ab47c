import { describe, expect, test } from 'vitest'
import { tardinessBound } from '../bound.ts'
import { compareCosts, type Job, type Machine, type Operation, type Problem } from '../model.ts'
import { randomPlant } from '../random-problem.suite.ts'
import { createSearch } from '../solve.ts'
import { verify } from '../verify.ts'

const always: Machine = { open: null, setup: null, family: null }
const operation = (duration: number, extra: Partial<Operation> = {}): Operation => ({
  alternatives: [{ machine: 0, duration }],
  family: null,
  materialReady: 0,
  interruptible: false,
  frozen: null,
  ...extra,
})
const job = (due: number | null, weight: number, ...operations: Operation[]): Job => ({
  release: 0,
  due,
  weight,
  operations,
})
const solve = (problem: Problem, steps = 200, from: Parameters<typeof createSearch>[2] = null) => {
  const search = createSearch(problem, 1, from)
  search.step(steps)
  expect(verify(problem, search.plan())).toEqual([])
  return search
}

describe('search of plants', () => {
  test('one machine: the order by weight and time has the least weighted tardiness, here 63', () => {
    // All due at 0: weighted tardiness is the weighted sum of ends, least by Smith's rule (1956): 2/4, 3/3, 5/2.
    const jobs = [job(0, 2, operation(4)), job(0, 3, operation(3)), job(0, 5, operation(2))]
    const search = solve({ now: 0, machines: [always], jobs })
    expect(search.cost().weightedTardiness).toBe(5 * 2 + 3 * 5 + 2 * 9)
  })

  test('set-ups of 20 between families are paid once, not three times', () => {
    const machine = {
      open: null,
      setup: [
        [0, 20],
        [20, 0],
      ],
      family: 0,
    }
    const jobs = [0, 1, 0, 1].map(family => job(null, 1, operation(5, { family })))
    expect(solve({ now: 0, machines: [machine], jobs: [...jobs] }).cost().makespan).toBe(40)
  })

  test('work that may not pause waits for the shift that holds it, work that may fills the one before', () => {
    const machine = {
      open: [
        { start: 0, end: 10 },
        { start: 20, end: 40 },
      ],
      setup: null,
      family: null,
    }
    const jobs = [job(null, 1, operation(12)), job(null, 1, operation(10, { interruptible: true }))]
    const { operations } = solve({ now: 0, machines: [machine], jobs }).plan()
    expect(operations.map(({ start, end }) => [start, end])).toEqual([
      [20, 32],
      [0, 10],
    ])
  })

  test('an operation goes to the slower machine when the faster one is taken too long', () => {
    const alternatives = [
      { machine: 0, duration: 10 },
      { machine: 1, duration: 13 },
    ]
    const jobs = [job(13, 1, operation(0, { alternatives })), job(13, 1, operation(0, { alternatives }))]
    expect(solve({ now: 0, machines: [always, always], jobs }).cost().weightedTardiness).toBe(0)
  })

  test('nothing starts before now, before material is there, or ahead of what is frozen', () => {
    const jobs = [
      job(null, 1, operation(5, { frozen: { machine: 0, start: -3, end: 9 } }), operation(5)),
      job(null, 1, operation(5, { materialReady: 30 })),
    ]
    const { operations } = solve({ now: 7, machines: [always], jobs }).plan()
    expect(operations.map(({ start }) => start)).toEqual([-3, 9, 30])
  })

  test('starting from a plan that fits, an unchanged problem keeps every operation where it is', () => {
    for (let seed = 1; seed <= 10; seed += 1) {
      const problem = randomPlant(seed)
      const first = createSearch(problem, seed, null)
      first.step(400)
      const again = createSearch(problem, seed, first.plan())
      expect(again.plan()).toEqual(first.plan())
    }
  })

  test('no plan has less weighted tardiness than the bound', () => {
    for (let seed = 1; seed <= 60; seed += 1) {
      const problem = randomPlant(seed)
      expect(solve(problem, 60).cost().weightedTardiness).toBeGreaterThanOrEqual(tardinessBound(problem))
    }
  })

  test('more moves never make the plan worse', () => {
    const problem = randomPlant(3)
    const search = createSearch(problem, 1, null)
    let before = search.cost()
    for (let i = 0; i < 20; i += 1) {
      search.step(20)
      expect(compareCosts(search.cost(), before)).toBeLessThanOrEqual(0)
      before = search.cost()
    }
  })
})
