/** The line's past and supposed future as running sums over equal steps, so that any parcel's exposure is a difference. */
import { type Exposure, REFERENCE, type TrackedDryer } from './model.ts'

/** Column arrays, one value a step. Material is in seconds at nominal speed, from an arbitrary start. */
export interface History {
  readonly material: number[]
  readonly upstream: number[]
  readonly inlet: number[]
  /** Wall temperature, measured or supposed. */
  readonly wall: number[]
  /** Steam as it follows its setpoint. */
  readonly steam: number[]
  readonly speed: number[]
  /** Leaf on the belt at the head of the line: feed over belt speed. */
  readonly load: number[]
  readonly hotAir: number[]
  readonly damper: number[]
  /** Running integrals of wall, hot air and damper above their references, unit x s. */
  readonly sumWall: number[]
  readonly sumHotAir: number[]
  readonly sumDamper: number[]
  readonly sumFill: number[]
  readonly fill: number[]
}

export const emptyHistory = (): History => ({
  material: [],
  upstream: [],
  inlet: [],
  wall: [],
  steam: [],
  speed: [],
  load: [],
  hotAir: [],
  damper: [],
  sumWall: [],
  sumHotAir: [],
  sumDamper: [],
  sumFill: [],
  fill: [],
})

export interface Step {
  readonly upstream: number
  readonly inlet: number
  readonly wall: number
  readonly steam: number
  readonly speed: number
  readonly feed: number
  readonly hotAir: number
  readonly damper: number
}

export function append(history: History, step: Step, model: TrackedDryer): void {
  const h = model.stepS
  const last = (values: readonly number[]) => values.at(-1) ?? 0
  history.material.push(last(history.material) + (step.speed / model.geometry.nominalSpeed) * h)
  history.sumWall.push(last(history.sumWall) + (step.wall - REFERENCE.wall) * h)
  history.sumHotAir.push(last(history.sumHotAir) + (step.hotAir - REFERENCE.hotAir) * h)
  history.sumDamper.push(last(history.sumDamper) + (step.damper - REFERENCE.damper) * h)
  for (const name of ['upstream', 'inlet', 'wall', 'steam', 'speed', 'hotAir', 'damper'] as const)
    history[name].push(step[name])
  history.load.push(step.speed > 0 ? step.feed / step.speed : Number.NaN)
  const fill = fillAt(history, history.material.length - 1, model)
  history.fill.push(fill)
  history.sumFill.push(last(history.sumFill) + (fill - 1) * h)
}

/** Forgets all but the newest steps. */
export function trim(history: History, keep: number): void {
  const more = history.material.length - keep
  if (more > 0) for (const values of Object.values(history) as number[][]) values.splice(0, more)
}

export const copyOf = (history: History): History =>
  Object.fromEntries(Object.entries(history).map(([name, values]) => [name, [...values]])) as unknown as History

/** Place in the steps, with fraction, at which the material clock showed a value; undefined before the first or after the last. */
export function whenMaterial(history: History, material: number): number | undefined {
  const { material: clock } = history
  if (clock.length === 0 || material < clock[0]! || material > clock.at(-1)!) return undefined
  let low = 0
  let high = clock.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if (clock[middle]! < material) low = middle + 1
    else high = middle
  }
  if (low === 0) return 0
  const step = clock[low]! - clock[low - 1]!
  return step <= 0 ? low : low - (clock[low]! - material) / step
}

const between = (values: readonly number[], place: number): number => {
  const low = Math.floor(place)
  const part = place - low
  return part === 0 ? values[low]! : values[low]! * (1 - part) + values[low + 1]! * part
}

/** A parcel by the places in time at which it entered and left the drum. */
export interface Passage {
  readonly entered: number
  readonly left: number
}

/** The passage of the parcel that is at the outlet meter at a step, or undefined where memory does not reach. */
export function passageOf(history: History, step: number, model: TrackedDryer): Passage | undefined {
  const { drumS, dischargeS } = model.geometry
  const now = history.material[step]
  if (now === undefined) return undefined
  const left = whenMaterial(history, now - dischargeS)
  const entered = whenMaterial(history, now - (dischargeS + drumS))
  return left === undefined || entered === undefined ? undefined : { entered, left }
}

/** What the parcel met; inlet is NaN where no leaf passed the inlet then. */
export function exposureOf(history: History, { entered, left }: Passage, model: TrackedDryer): Exposure {
  const whole = model.geometry.drumS
  const over = (sums: readonly number[]) => (between(sums, left) - between(sums, entered)) / whole
  return {
    inlet: nearest(history.inlet, entered),
    time: ((left - entered) * model.stepS) / whole - 1,
    wall: over(history.sumWall),
    hotAir: over(history.sumHotAir),
    damper: over(history.sumDamper),
    fill: over(history.sumFill),
  }
}

/** Between two samples where both are there, else the one that is. */
export function nearest(values: readonly number[], place: number): number {
  const mixed = between(values, place)
  return Number.isNaN(mixed) ? values[Math.round(place)]! : mixed
}

/** Share of the drum that holds leaf at a step. */
function fillAt(history: History, step: number, model: TrackedDryer): number {
  const now = history.material[step]!
  const deep = model.geometry.drumS
  let holds = 0
  for (let i = step; i > 0 && now - history.material[i]! < deep; i -= 1)
    if (!Number.isNaN(history.inlet[i]!)) holds += history.material[i]! - Math.max(history.material[i - 1]!, now - deep)
  return Math.min(1, holds / deep)
}
