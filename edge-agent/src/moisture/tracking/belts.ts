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
/** Times the start's own time until a feed has come up. */
const RISES = 5
/** Feed that comes up by less than this share of the usual one a sample is not yet a start. */
const RISING = 0.05

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
  const usual = Number.isNaN(before.ratio) ? speed : feedSet * before.ratio
  // A feed that has run and falls far below its wandering comes to a stop; only one that comes up is a start.
  const falls = before.runningS > SETTLED_S && own < (1 - STARTING) * usual && own < before.feed
  const stays = before.stoppedS > 0 && own <= before.feed + RISING * usual
  const stopped = !(feed > EMPTY * feedSet) || falls || (stays && own < (1 - STARTING) * usual)
  const runningS = stopped ? 0 : before.runningS + h
  // While the feed comes to a stop the belts go on: that says nothing of their ratio.
  const agrees = Number.isNaN(own) || Math.abs(own / speed - 1) < STARTING
  const learns = runningS > SETTLED_S && agrees
  const learnedS = learns ? before.learnedS + h : before.learnedS
  const ratio = learns ? mix(before.ratio, speed / feed, h / Math.min(RATIO_S, learnedS)) : before.ratio
  return {
    speed,
    feed: stopped ? Math.min(own, 0.5 * usual) : Number.isNaN(own) ? speed : own,
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
  const rising = now.stoppedS > 0 || now.runningS < RISES * belts.startS || feed < (1 - STARTING) * now.usual
  for (let i = 0; i < parts; i += 1) {
    const part = h / parts
    feed = now.usual + (feed - now.usual) * Math.exp(-part / (rising ? belts.startS : belts.wanderS))
    speed = feed + (speed - feed) * Math.exp(-part / belts.followS)
  }
  return { ...now, speed, feed, stoppedS: 0, runningS: now.stoppedS > 0 ? h : now.runningS + h }
}
