/** Belt speed to come: belts follow the feed, the feed wanders around its usual rate, stops, and starts again. Pure. */
import type { LineSample, TrackedDryer } from './model.ts'

export interface Belts {
  readonly speed: number
  /** Feed now, as the belt speed that belongs to it. */
  readonly feed: number
  /** Belt speed of the usual feed. */
  readonly usual: number
  /** Belt speed per unit of feed when settled. */
  readonly ratio: number
  readonly runningS: number
  /** How long the ratio has been learned, s. */
  readonly learnedS: number
  /** How long the feed has stood still, s; 0 while it runs. */
  readonly stoppedS: number
  /** When a stop is thought to end, s from now. */
  readonly endsInS: number
}

export const unknownBelts: Belts = {
  speed: Number.NaN,
  feed: Number.NaN,
  usual: Number.NaN,
  ratio: Number.NaN,
  runningS: 0,
  learnedS: 0,
  stoppedS: 0,
  endsInS: 0,
}

const RATIO_S = 1800
/** Feed below this share of its setpoint is none; belts have settled so long after a start, s. */
const EMPTY = 0.05
const SETTLED_S = 90
/** Feed so much below the usual one is coming up. */
const STARTING = 0.15
/** A stop that outlasts its kind is thought to end in about so long, s. */
const SOON_S = 10
/** Share of the batch's planned mass that has been fed when it is as good as over. */
const BATCH_OVER = 0.98

const mix = (before: number, now: number, share: number) =>
  Number.isNaN(before) ? now : before + share * (now - before)

/** Takes what the line shows now. */
export function followBelts(
  before: Belts,
  { speed, feed, feedSet, batchDone }: LineSample,
  model: TrackedDryer,
): Belts {
  const h = model.stepS
  const own = feed * before.ratio
  const stopped = !(feed > EMPTY * feedSet)
  const runningS = stopped ? 0 : before.runningS + h
  // While the feed comes to a stop the belts go on: that says nothing of their ratio.
  const agrees = Number.isNaN(own) || Math.abs(own / speed - 1) < STARTING
  const learns = runningS > SETTLED_S && agrees
  const learnedS = learns ? before.learnedS + h : before.learnedS
  const ratio = learns ? mix(before.ratio, speed / feed, h / Math.min(RATIO_S, learnedS)) : before.ratio
  return {
    speed,
    feed: stopped ? 0 : Number.isNaN(own) ? speed : own,
    usual: Number.isNaN(ratio) ? speed : feedSet * ratio,
    ratio,
    learnedS,
    runningS,
    stoppedS: stopped ? before.stoppedS + h : 0,
    endsInS: stopped ? endOf(before.stoppedS + h, batchDone, model) : 0,
  }
}

/** A stop at the end of a batch is its change, any other a short one until it outlasts these. */
function endOf(stoppedS: number, batchDone: number, { belts }: TrackedDryer): number {
  const change = batchDone > BATCH_OVER || stoppedS > 1.7 * belts.stopS
  return Math.max(SOON_S, (change ? belts.changeS : belts.stopS) - stoppedS)
}

/** One step on, as far as can be known. */
export function nextBelts(now: Belts, model: TrackedDryer): Belts {
  const { belts, stepS: h } = model
  if (now.stoppedS > 0) {
    if (now.endsInS > 0) return { ...now, stoppedS: now.stoppedS + h, endsInS: now.endsInS - h }
  }
  // Small steps: the feed comes up faster than a sample lasts.
  let { speed, feed } = now
  const parts = Math.max(1, Math.round(h))
  for (let i = 0; i < parts; i += 1) {
    const part = h / parts
    const starting = feed < (1 - STARTING) * now.usual
    feed = now.usual + (feed - now.usual) * Math.exp(-part / (starting ? belts.startS : belts.wanderS))
    speed = feed + (speed - feed) * Math.exp(-part / belts.followS)
  }
  return { ...now, speed, feed, stoppedS: 0 }
}
