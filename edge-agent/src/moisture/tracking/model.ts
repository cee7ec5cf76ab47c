/**
 * A dryer whose material is tracked: what the model file holds. All places are in material seconds, the time that leaf needs at
 * the nominal belt speed, so that delays follow the flow by themselves.
 */
import { type Problem, parseJson, parser, type Result } from '@millwright/contract'
import { type Static, Type } from 'typebox'
import { DrumParameters, type DryingSample } from './drum.ts'

export const TrackedDryer = Type.Object({
  kind: Type.Literal('millwright-tracked-dryer'),
  version: Type.Literal(1),
  name: Type.String(),
  /** Seconds between samples. */
  stepS: Type.Number({ exclusiveMinimum: 0 }),
  geometry: Type.Object({
    /** Belt speed, in its tag's unit, at which the lengths hold. */
    nominalSpeed: Type.Number({ exclusiveMinimum: 0 }),
    /** From the weigh belt to the upstream meter; missing where the line has no weigh belt. */
    feedS: Type.Optional(Type.Number({ minimum: 0 })),
    /** From the upstream meter to the inlet meter, through the drum, from drum to outlet meter; material seconds. */
    upstreamS: Type.Number({ minimum: 0 }),
    drumS: Type.Number({ exclusiveMinimum: 0 }),
    dischargeS: Type.Number({ minimum: 0 }),
  }),
  /**
   * How belts and feed move: time in which belts follow the feed and the feed comes up after a stop, how long feed wanders
   * from its usual rate, how long a short stop and a change of batch usually last; s.
   */
  belts: Type.Object({
    followS: Type.Number({ exclusiveMinimum: 0 }),
    startS: Type.Number({ exclusiveMinimum: 0 }),
    wanderS: Type.Number({ exclusiveMinimum: 0 }),
    stopS: Type.Number({ minimum: 0 }),
    changeS: Type.Number({ minimum: 0 }),
  }),
  /** Outlet moisture of a parcel, from what it met on its way: see `features`. */
  outlet: Type.Array(Type.Number()),
  /** Wall temperature a step on: see `wallFeatures`. */
  wall: Type.Array(Type.Number()),
  /** The drum's balances; missing where the line shows nothing of the exhaust: then `outlet` alone foretells. */
  drum: Type.Optional(DrumParameters),
  /** Lag of the steam behind its setpoint, s. */
  steamLagS: Type.Number({ exclusiveMinimum: 0 }),
  /** Unmeasured disturbance at the outlet: how long it lasts, s, and the gain with which each sample corrects it. */
  disturbance: Type.Object({ lastsS: Type.Number(), gain: Type.Number(), biasGain: Type.Number() }),
  /** 90 % half widths at the dead time by regime. */
  bands: Type.Object({ all: Type.Number(), regimes: Type.Record(Type.String(), Type.Number()) }),
  /** What was covered when fitted. */
  seen: Type.Record(Type.String(), Type.Object({ low: Type.Number(), high: Type.Number() })),
  notes: Type.Record(Type.String(), Type.Unknown()),
})
export type TrackedDryer = Static<typeof TrackedDryer>

const file = parser(TrackedDryer)
export const parseTrackedDryer = (text: string, place: string): Result<TrackedDryer, Problem[]> =>
  parseJson(file, text, place)

/** The same dryer with its lengths stretched by a factor: leaf stays as much longer, and dries as much more slowly. */
export function scaledDryer(model: TrackedDryer, scale: number): TrackedDryer {
  const { nominalSpeed, feedS, upstreamS, drumS, dischargeS } = model.geometry
  const geometry = {
    nominalSpeed,
    ...(feedS === undefined ? {} : { feedS: feedS * scale }),
    upstreamS: upstreamS * scale,
    drumS: drumS * scale,
    dischargeS: dischargeS * scale,
  }
  return { ...model, geometry }
}

/** One sample, means over a step; NaN where there is no good value (a meter without leaf). */
export interface LineSample {
  readonly upstream: number
  readonly inlet: number
  readonly outlet: number
  readonly wall: number
  readonly speed: number
  /** On the weigh belt at the head of the line, in any unit; 0 while it stands empty. */
  readonly feed: number
  readonly feedSet: number
  /** Share of the batch's planned mass that has been fed; NaN where it is not known. */
  readonly batchDone: number
  readonly steam: number
  readonly hotAir: number
  readonly damper: number
  /** Meters around the drum, where the line has them. */
  readonly drying?: DryingSample
}

/** Levels around which the features are small. */
export const REFERENCE = { moisture: 19.4, wall: 132, hotAir: 110, damper: 50, saturation: 139 } as const

/** What a parcel met, per nominal drum passage. */
export interface Exposure {
  readonly inlet: number
  /** Time in the drum against the nominal one, less 1. */
  readonly time: number
  /** Wall above its reference, hot air and damper likewise, each times the time in the drum. */
  readonly wall: number
  readonly hotAir: number
  readonly damper: number
  /** Share of the drum that held leaf meanwhile, less 1, times the time in the drum: a drum half empty dries more. */
  readonly fill: number
}

/** Main effects, then the products that the drying balance has. */
export function features({ inlet, time, wall, hotAir, damper, fill }: Exposure): number[] {
  const x = inlet - REFERENCE.moisture
  const w = wall / 10
  const a = hotAir / 10
  const d = damper / 10
  return [
    ...[1, x, time, w, a, d, fill],
    ...[x * x, time * time, time ** 3, w * w, x * time, x * w, time * w, x * time * w, w * time * time],
    ...[fill * time, fill * w, fill * x, fill * fill, fill * a, fill * d],
    ...[w * a, w * d, a * d, a * time, d * time, x * a],
  ]
}

/** Saturation temperature of steam at a gauge pressure in bar, °C (Antoine, 99 to 374 °C). */
export const saturation = (barg: number): number =>
  1810.94 / (8.14019 - Math.log10((Math.max(0, barg) + 1.01325) * 750.062)) - 244.485

/** @param fill share of the drum that holds leaf */
export const wallFeatures = (wall: number, steam: number, fill: number, hotAir: number): number[] => [
  1,
  wall - REFERENCE.wall,
  saturation(steam) - REFERENCE.saturation,
  fill,
  fill * (wall - REFERENCE.wall),
  (hotAir - REFERENCE.hotAir) / 10,
]

export const dot = (weights: readonly number[], values: readonly number[]): number =>
  weights.reduce((sum, weight, i) => sum + weight * values[i]!, 0)
