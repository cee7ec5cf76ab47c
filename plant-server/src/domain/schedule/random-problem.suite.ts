import type { Job, Machine, Problem, Span } from './model.ts'
import { seededRandom } from './random.ts'

/** Small plants of every kind for property tests: shifts, set-ups, alternatives, release, due dates, material, frozen starts. */
export function randomPlant(seed: number): Problem {
  const random = seededRandom(seed)
  const below = (limit: number) => Math.floor(random() * limit)
  const families = 3
  const machines = Array.from({ length: 2 + below(3) }, (): Machine => {
    const hasSetups = random() < 0.6
    return {
      open: random() < 0.6 ? shifts(below(40), 40 + below(60), 10 + below(60)) : null,
      setup: hasSetups
        ? Array.from({ length: families }, (_, from) =>
            Array.from({ length: families }, (_, to) => (from === to ? 0 : 1 + below(12))),
          )
        : null,
      family: random() < 0.5 ? below(families) : null,
    }
  })
  const frozenMachine = below(machines.length)
  const jobs = Array.from({ length: 3 + below(5) }, (_, j): Job => {
    const operations = Array.from({ length: 1 + below(4) }, (_, k) => {
      const first = below(machines.length)
      const second = below(machines.length)
      const chosen = j === 0 && k === 0 ? [frozenMachine] : [...new Set(random() < 0.5 ? [first] : [first, second])]
      return {
        alternatives: chosen.map(machine => ({ machine, duration: 1 + below(30) })),
        family: random() < 0.7 ? below(families) : null,
        materialReady: random() < 0.2 ? below(150) : 0,
        interruptible: random() < 0.5,
        frozen: j === 0 && k === 0 ? { machine: frozenMachine, start: -5, end: 12 } : null,
      }
    })
    return {
      release: random() < 0.4 ? below(80) : 0,
      due: random() < 0.8 ? 40 + below(150) : null,
      weight: 1 + below(5),
      operations,
    }
  })
  return { now: below(3) * 10, machines, jobs }
}

function shifts(offset: number, length: number, pause: number): Span[] {
  return Array.from({ length: 6 }, (_, i) => {
    const start = offset + i * (length + pause)
    return { start, end: start + length }
  })
}
