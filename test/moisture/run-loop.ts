/** One run of the simulated dryer under one controller, and what the true outlet says of it. */

import type { LineSample } from '@millwright/edge-agent'
import { initialState, type PlantParameters, type PlantState, seededRandom, stepPlant } from '@millwright/fixtures'
import type { Parcel } from './bound.ts'
import { createSampling, STEP_S } from './samples.ts'

export const SETPOINT = 12.5
export const SPEC = 0.5
/** Leaf in the first seconds after an empty outlet is the head, in the last before one the tail. */
export const HEAD_S = 180
export const TAIL_S = 120
const WARM_UP_S = 1800

/** Steam for the next step, bar. */
export type Controller = (sample: LineSample, current: number) => number

export interface LoopFigures {
  /** SD of the true outlet about its mean and error about the setpoint, steady part, %. */
  readonly sd: number
  readonly rms: number
  /** Share of the steady time with an error of at most 0.5 %. */
  readonly within: number
  /** Out-of-spec leaf of heads and tails, kg, and all leaf of them. */
  readonly lostKg: number
  readonly endsKg: number
  /** Sum of all changes of the steam, bar/h. */
  readonly travel: number
  readonly steadySeconds: number
  /** Judged hours. */
  readonly hours: number
  /** Steady parcels by the steps of the samples, for the bound. */
  readonly parcels: readonly Parcel[]
  readonly steps: number
}

export function runLoop(seed: number, hours: number, p: PlantParameters, controller: Controller): LoopFigures {
  const { next: chance } = seededRandom(seed)
  const { next: meters } = seededRandom(seed + 500_009)
  const sampling = createSampling(meters, p)
  let state: PlantState = initialState(p)
  let wanted = state.setpoints.steamPressure
  let travel = 0
  const outlet: number[] = []
  const flow: number[] = []
  // Material clock in seconds at the nominal speed.
  const material: number[] = []
  for (let second = 1; second <= hours * 3600; second += 1) {
    state = stepPlant(state, { heartbeat: second % 60_000, setpoints: { steamPressure: wanted } }, 1, chance, p)
    const present = state.dryerOutlet.since_s < 1.5
    outlet.push(present ? state.dryerOutlet.moisture_pct : Number.NaN)
    material.push((material.at(-1) ?? 0) + state.belt_kg_h / p.nominalFeed_kg_h)
    flow.push(present ? state.dryerOutlet.flow_kg_h / 3600 : 0)
    const sample = sampling.second(state)
    if (sample === undefined) continue
    const next = controller(sample, wanted)
    if (second > WARM_UP_S) travel += Math.abs(next - wanted)
    wanted = next
  }
  const judged = hours - WARM_UP_S / 3600
  return { ...judge(outlet, flow, material, p), travel: travel / judged, hours: judged, steps: outlet.length / STEP_S }
}

function judge(
  outlet: readonly number[],
  flow: readonly number[],
  material: readonly number[],
  p: PlantParameters,
): Omit<LoopFigures, 'travel' | 'hours' | 'steps'> {
  const steady: number[] = []
  const places: number[] = []
  let lostKg = 0
  let endsKg = 0
  const after = sinceEmpty(outlet)
  const before = sinceEmpty([...outlet].reverse()).reverse()
  for (let i = WARM_UP_S; i < outlet.length - TAIL_S; i += 1) {
    const y = outlet[i]!
    if (Number.isNaN(y)) continue
    if (after[i]! > HEAD_S && before[i]! > TAIL_S) {
      steady.push(y)
      places.push(i)
    } else {
      endsKg += flow[i]!
      if (Math.abs(y - SETPOINT) > SPEC) lostKg += flow[i]!
    }
  }
  const mean = steady.reduce((sum, y) => sum + y, 0) / steady.length
  const square = (about: number) => Math.sqrt(steady.reduce((sum, y) => sum + (y - about) ** 2, 0) / steady.length)
  return {
    sd: square(mean),
    rms: square(SETPOINT),
    within: steady.filter(y => Math.abs(y - SETPOINT) <= SPEC).length / steady.length,
    lostKg,
    endsKg,
    steadySeconds: steady.length,
    parcels: parcelsOf(places, steady, mean, material, p),
  }
}

/** Every tenth steady second's parcel, with the steps of its way through the drum. */
function parcelsOf(
  places: readonly number[],
  steady: readonly number[],
  mean: number,
  material: readonly number[],
  p: PlantParameters,
): Parcel[] {
  const back = (from: number, distance: number) => {
    let i = from
    while (i > 0 && material[from]! - material[i]! < distance) i -= 1
    return i / STEP_S
  }
  const [drum, discharge] = [p.residence_s[3]! * p.delayGain, p.residence_s[4]! * p.delayGain]
  return places.flatMap((place, i) =>
    i % 10 === 0
      ? [{ entered: back(place, drum + discharge), left: back(place, discharge), error: steady[i]! - mean }]
      : [],
  )
}

/** Seconds since the outlet was last empty for more than a moment. */
function sinceEmpty(outlet: readonly number[]): number[] {
  let since = 0
  let gap = 0
  return outlet.map(y => {
    gap = Number.isNaN(y) ? gap + 1 : 0
    since = gap > 4 ? 0 : since + 1
    return since
  })
}
