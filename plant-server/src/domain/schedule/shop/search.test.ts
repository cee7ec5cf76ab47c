import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseClassicFile } from '../../../schedule/classic-file.ts'
import { makespanBound } from '../bound.ts'
import type { Job, Problem } from '../model.ts'
import { seededRandom } from '../random.ts'
import { createSearch } from '../solve.ts'
import { verify } from '../verify.ts'

const data = new URL('../../../../../../shared/data/scheduling/', import.meta.url)

function shop(
  jobs: readonly (readonly (readonly [machine: number, duration: number])[][])[],
  machines: number,
): Problem {
  return {
    now: 0,
    machines: Array.from({ length: machines }, () => ({ open: null, setup: null, family: null })),
    jobs: jobs.map(
      (operations): Job => ({
        release: 0,
        due: null,
        weight: 1,
        operations: operations.map(choices => ({
          alternatives: choices.map(([machine, duration]) => ({ machine, duration })),
          family: null,
          materialReady: 0,
          interruptible: false,
          frozen: null,
        })),
      }),
    ),
  }
}

function randomShop(seed: number): Problem {
  const random = seededRandom(seed)
  const below = (limit: number) => Math.floor(random() * limit)
  const jobs = Array.from({ length: 3 }, () =>
    Array.from({ length: 1 + below(3) }, () => {
      const machines = [...new Set(random() < 0.3 ? [below(3), below(3)] : [below(3)])]
      return machines.map(machine => [machine, 1 + below(9)] as const)
    }),
  )
  return shop(jobs, 3)
}

/** The best makespan by trying all orders and all machines. */
function optimum(problem: Problem): number {
  let best = Number.POSITIVE_INFINITY
  const next = problem.jobs.map(() => 0)
  const jobFree = problem.jobs.map(() => 0)
  const machineFree = problem.machines.map(() => 0)
  const extend = (makespan: number) => {
    if (makespan >= best) return
    let done = true
    for (const [j, job] of problem.jobs.entries()) {
      const operation = job.operations[next[j]!]
      if (operation === undefined) continue
      done = false
      for (const { machine, duration } of operation.alternatives) {
        const before = [jobFree[j]!, machineFree[machine]!] as const
        const end = Math.max(...before) + duration
        jobFree[j] = end
        machineFree[machine] = end
        next[j]! += 1
        extend(Math.max(makespan, end))
        next[j]! -= 1
        jobFree[j] = before[0]
        machineFree[machine] = before[1]
      }
    }
    if (done) best = makespan
  }
  extend(0)
  return best
}

describe('search of classic shops', () => {
  test('hand-made shop of two jobs that cross ends at its optimum of 7', () => {
    // Both want machine 0 for 3 first in one job, last in the other: 3 + 4 of the longer job is the bound.
    const problem = shop(
      [
        [[[0, 3]], [[1, 4]]],
        [[[1, 2]], [[0, 3]]],
      ],
      2,
    )
    const search = createSearch(problem, 1, null)
    search.step(50)
    expect([search.cost().makespan, makespanBound(problem)]).toEqual([7, 7])
  })

  test('flexible shop shares the work of one machine with the other when that ends sooner', () => {
    const either = [
      [0, 5],
      [1, 6],
    ] as const
    const problem = shop([[[...either]], [[...either]], [[...either]]], 2)
    const search = createSearch(problem, 1, null)
    search.step(50)
    expect(search.cost().makespan).toBe(10)
  })

  test('small random shops: the optimum by trial of all orders is found, and the bound is not above it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100_000 }), seed => {
        const problem = randomShop(seed)
        const best = optimum(problem)
        const search = createSearch(problem, seed, null)
        for (let i = 0; i < 40 && search.cost().makespan > best; i += 1) search.step(500)
        expect(search.cost().makespan).toBe(best)
        expect(makespanBound(problem)).toBeLessThanOrEqual(best)
        expect(verify(problem, search.plan())).toEqual([])
      }),
      { numRuns: 60 },
    )
  })

  test('same seed and number of moves give the same plan, however they are cut into steps', () => {
    const problem = randomShop(5)
    const whole = createSearch(problem, 7, null)
    const cut = createSearch(problem, 7, null)
    whole.step(300)
    for (let i = 0; i < 100; i += 1) cut.step(3)
    expect(cut.plan()).toEqual(whole.plan())
  })

  test.skipIf(!existsSync(data)).each([
    ['jssp/ft06.txt', 'jssp', 55],
    ['jssp/la19.txt', 'jssp', 842],
    ['jssp/la05.txt', 'jssp', 593],
    ['fjsp/mk01.txt', 'fjsp', 40],
  ] as const)('%s reaches the best known makespan', (file, format, best) => {
    const problem = parseClassicFile(readFileSync(new URL(file, data), 'utf8'), format, file)
    if (!problem.ok) throw new Error('the instance has faults')
    const search = createSearch(problem.value, 1, null)
    for (let i = 0; i < 2000 && search.cost().makespan > best; i += 1) search.step(1000)
    expect(search.cost().makespan).toBe(best)
    expect(verify(problem.value, search.plan())).toEqual([])
  })
})
