import type { Problem } from '../model.ts'
import { createCalendars } from './calendars.ts'

/**
 * When each job could end if it were alone in the plant: on the machines that end it soonest, by their calendars, after
 * what is frozen there. No plan ends a job sooner, as starting an operation later never ends it sooner.
 */
export function earliestEnds(problem: Problem): number[] {
  const calendars = createCalendars(problem.machines)
  const free = problem.machines.map(() => 0)
  for (const { frozen } of problem.jobs.flatMap(job => job.operations)) {
    if (frozen !== null) free[frozen.machine] = Math.max(free[frozen.machine]!, frozen.end)
  }
  return problem.jobs.map(job => {
    let end = 0
    for (const { frozen, alternatives, materialReady, interruptible } of job.operations) {
      if (frozen !== null) {
        end = Math.max(end, frozen.end)
        continue
      }
      const ready = Math.max(end, problem.now, job.release, materialReady)
      end = Number.POSITIVE_INFINITY
      for (const { machine, duration } of alternatives) {
        const start = calendars.earliestStart(machine, Math.max(ready, free[machine]!), duration, interruptible)
        end = Math.min(end, interruptible ? calendars.afterWork(machine, start, duration) : start + duration)
      }
    }
    return end
  })
}
