/** Closed loop: steady, head and tail, of the classic controllers and ours, on the same seeds. */
import { createTracker, predictiveMove, type TrackedDryer } from '@millwright/edge-agent'
import { plantParameters } from '@millwright/fixtures'
import { leastSd } from './bound.ts'
import { type Controller, type LoopFigures, runLoop } from './run-loop.ts'
import { STEP_S } from './samples.ts'
import { CLASSICS, classicController, LIMITS, tune } from './tune.ts'

export interface Case {
  readonly seed: number
  readonly steamGain: number
  readonly delayGain: number
}

export const plantOf = ({ steamGain, delayGain }: Case) => ({ ...plantParameters, steamGain, delayGain })

/** Weight of moves, by hand on the training seeds; a smaller one trades valve travel for very little. */
const MOVE_WEIGHT = 0.12

export function predictiveController(model: TrackedDryer): Controller {
  const tracker = createTracker(model)
  return (sample, current) => {
    tracker.take(sample)
    return (
      predictiveMove(tracker, current, { ...LIMITS, cycleS: STEP_S, band: 0.35, moveWeight: MOVE_WEIGHT })?.output ??
      current
    )
  }
}

export function judgeControl(
  model: TrackedDryer,
  cases: readonly Case[],
  hours: number,
  say: (text: string) => void,
): string[] {
  const controllers: [string, () => Controller][] = []
  for (const [name, start] of Object.entries(CLASSICS)) {
    const { settings, cost } = tune(start, model)
    say(`${name} tuned to ${cost.toFixed(4)}: ${JSON.stringify(settings)}`)
    controllers.push([name, () => classicController(settings, model)])
  }
  controllers.push(['predictive (ours)', () => predictiveController(model)])
  const figures = new Map<string, LoopFigures[]>()
  const bounds: number[] = []
  for (const each of cases) {
    for (const [name, create] of controllers) {
      const run = runLoop(each.seed, hours, plantOf(each), create())
      figures.set(name, [...(figures.get(name) ?? []), run])
      if (name.endsWith('(ours)')) bounds.push(leastSd(run.parcels, run.steps, model, each.steamGain))
    }
    say(`seed ${each.seed} controlled`)
  }
  const pooled = new Map([...figures].map(([name, runs]) => [name, pool(runs)]))
  const rows = [...pooled].map(([name, f]) =>
    [
      name.padEnd(18),
      f.sd.toFixed(3),
      f.rms.toFixed(3),
      `${(100 * f.within).toFixed(2)} %`,
      f.lost.toFixed(1),
      f.travel.toFixed(1),
    ].join(' | '),
  )
  const bound = Math.sqrt(bounds.reduce((sum, b) => sum + b * b, 0) / bounds.length)
  const ours = pooled.get('predictive (ours)')!
  const forward = pooled.get('PI + FF')!
  const best = Math.min(forward.sd, pooled.get('Smith + FF')!.sd)
  const verdict = (holds: boolean) => (holds ? 'holds' : 'MISSED')
  return [
    'closed loop        | SD % | RMS error % | within 0.5 % | out of spec at ends, kg/h | valve travel, bar/h',
    ...rows,
    `least SD that any steam path leaves, whole future known: ${bound.toFixed(3)} %`,
    '',
    `steady SD ${ours.sd.toFixed(3)} %, bar 0.08: ${verdict(ours.sd <= 0.08)}`,
    `steady SD ${(ours.sd / best).toFixed(2)} of the best of PI + FF and Smith + FF, bar 0.80: ${verdict(ours.sd <= 0.8 * best)}`,
    `error at most 0.5 % for ${(100 * ours.within).toFixed(2)} % of the steady time, bar 99.9: ${verdict(ours.within >= 0.999)}`,
    `valve travel ${(ours.travel / forward.travel).toFixed(2)} of PI + FF, bar 2: ${verdict(ours.travel <= 2 * forward.travel)}`,
    `out of spec at head and tail ${(ours.lost / forward.lost).toFixed(2)} of PI + FF, bar 0.50: ${verdict(ours.lost <= 0.5 * forward.lost)}`,
  ]
}

function pool(runs: readonly LoopFigures[]) {
  const seconds = runs.reduce((sum, run) => sum + run.steadySeconds, 0)
  const over = (of: (run: LoopFigures) => number) =>
    runs.reduce((sum, run) => sum + of(run) * run.steadySeconds, 0) / seconds
  return {
    sd: Math.sqrt(over(run => run.sd ** 2)),
    rms: Math.sqrt(over(run => run.rms ** 2)),
    within: over(run => run.within),
    lost: runs.reduce((sum, run) => sum + run.lostKg / run.hours, 0) / runs.length,
    travel: runs.reduce((sum, run) => sum + run.travel, 0) / runs.length,
  }
}
