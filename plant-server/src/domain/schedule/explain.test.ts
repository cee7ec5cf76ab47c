import { expect, test } from 'vitest'
import { explainLateness } from './explain.ts'
import type { Operation, Plan, Problem } from './model.ts'

const operation = (machine: number, duration: number, extra: Partial<Operation> = {}): Operation => ({
  alternatives: [{ machine, duration }],
  family: null,
  materialReady: 0,
  interruptible: true,
  frozen: null,
  ...extra,
})

const problem: Problem = {
  now: 0,
  machines: [
    {
      open: [
        { start: 0, end: 100 },
        { start: 160, end: 400 },
      ],
      setup: [
        [0, 15],
        [15, 0],
      ],
      family: 0,
    },
    { open: null, setup: null, family: null },
  ],
  jobs: [
    { release: 0, due: 90, weight: 1, operations: [operation(0, 70, { family: 0 })] },
    {
      release: 10,
      due: 100,
      weight: 1,
      operations: [operation(0, 40, { family: 1, materialReady: 30 }), operation(1, 20)],
    },
    { release: 200, due: 150, weight: 1, operations: [operation(1, 10)] },
  ],
}
const plan: Plan = {
  operations: [
    { job: 0, operation: 0, machine: 0, start: 0, end: 70 },
    { job: 1, operation: 0, machine: 0, start: 85, end: 185 },
    { job: 1, operation: 1, machine: 1, start: 185, end: 205 },
    { job: 2, operation: 0, machine: 1, start: 205, end: 215 },
  ],
}

test('job that ends in time has no reasons', () => {
  expect(explainLateness(problem, plan, 0)).toEqual([])
})

test('late job: material, busy machine, set-up and closing each have their share, greatest first', () => {
  expect(explainLateness(problem, plan, 1)).toEqual([
    { code: 'machine_closed', time: 60, operation: 0, machine: 0 },
    { code: 'machine_busy', time: 40, operation: 0, machine: 0, otherJob: 0, otherOperation: 0, until: 70 },
    { code: 'material', time: 20, operation: 0, ready: 30 },
    { code: 'setup', time: 15, operation: 0, machine: 0 },
  ])
})

test('shares and work add up to the time from release to end', () => {
  const lost = explainLateness(problem, plan, 1).reduce((sum, { time }) => sum + time, 0)
  expect(lost + 40 + 20).toBe(205 - 10)
})

test('job released after its due date says so', () => {
  expect(explainLateness(problem, plan, 2)[0]).toEqual({ code: 'released_late', time: 51, release: 200 })
})

test('what could have begun before the moment of planning and has not comes last', () => {
  const later = { ...problem, now: 40 }
  expect(explainLateness(later, plan, 1).at(-1)).toEqual({ code: 'not_started', time: 10, operation: 0, since: 30 })
})
