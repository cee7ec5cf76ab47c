/** How near the scheduler comes to the best known plans of classic job shops. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { mean, median, spreadOf } from './figures.ts'
import { type Bench, failure } from './row.ts'
import { timedCommand } from './support/command.ts'
import { sharedData } from './support/folder.ts'

const SECONDS = 10
const QUICK = ['la01', 'la19', 'la29', 'la40']

interface Instance {
  readonly name: string
  readonly kind: string
  /** Best known makespan. */
  readonly upper: number
  readonly path: string
}

interface Planned {
  readonly objective: number
  readonly proved: boolean
  readonly verified: boolean
}

export const schedule: Bench = {
  name: 'schedule',
  unit: '%',
  async run(options) {
    const folder = sharedData('scheduling')
    const known = JSON.parse(readFileSync(join(folder, 'instances.json'), 'utf8')) as Instance[]
    const instances = known.filter(({ name }) => /^la\d\d$/.test(name) && (!options.quick || QUICK.includes(name)))
    const gaps: number[] = []
    const walls: number[] = []
    let proved = 0
    for (const { name, kind, upper, path } of instances) {
      const args = [
        'schedule',
        join(folder, path),
        '--format',
        kind,
        '--seconds',
        `${SECONDS}`,
        '--seed',
        '1',
        '--json',
      ]
      const { status, out, err, wallMs } = await timedCommand('mw-plant', args, { ...options, limitMs: 120_000 })
      if (status !== 0) throw failure(`${name}: mw-plant schedule ended with ${status}: ${err}`)
      const plan = JSON.parse(out) as Planned
      if (!plan.verified) throw failure(`${name}: MW-3002 the plan is not verified`)
      const gap = (100 * (plan.objective - upper)) / upper
      options.say(`  ${name} ${plan.objective} (best ${upper}, ${gap.toFixed(2)} %)`)
      gaps.push(gap)
      walls.push(wallMs / 1000)
      if (plan.proved) proved += 1
    }
    return {
      name: 'schedule',
      unit: '%',
      values: {
        mean: mean(gaps),
        worst: Math.max(...gaps),
        at_best_count: gaps.filter(gap => gap <= 0).length,
        proved_count: proved,
        wall_p50_s: median(walls),
        wall_worst_s: Math.max(...walls),
      },
      n: gaps.length,
      spread: spreadOf(gaps),
      how: `makespan above the best known one, mw-plant schedule --seconds ${SECONDS} --seed 1, one instance after another, each plan verified by the product's own verifier`,
    }
  },
}
