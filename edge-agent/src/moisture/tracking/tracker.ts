/**
 * Follows a dryer's material: how long it really takes, what the unmeasured disturbance is, and what will leave when. The
 * delay is found by a bank of the same model at several lengths, of which the one that explains the outlet best is believed
 * (multiple-model estimation; Bar-Shalom, Li and Kirubarajan 2001, 11.6). Pure: time comes with the samples.
 */
import { createOnlineBands } from '../bands.ts'
import { followBelts, nextBelts, unknownBelts } from './belts.ts'
import {
  copyOfFilter,
  type DrumFilter,
  enterLeaf,
  followDrum,
  newDrumFilter,
  outletAt,
  runOn,
  trimLeaf,
} from './drum-filter.ts'
import {
  append,
  copyOf,
  emptyHistory,
  exposureOf,
  type History,
  nearest,
  passageOf,
  trim,
  whenMaterial,
} from './history.ts'
import { dot, type Exposure, features, type LineSample, scaledDryer, type TrackedDryer, wallFeatures } from './model.ts'

export type Regime = 'head' | 'steady' | 'tail'

export interface Predicted {
  /** Outlet moisture, %; NaN where no leaf will be at the meter. */
  readonly y: number
  readonly regime: Regime
  /** Places in the extended steps at which this parcel entered and left the drum, and what it will have met. */
  readonly entered: number
  readonly left: number
  readonly exposure: Exposure
}

export interface Prospect {
  /** Index of the newest sample in the extended history. */
  readonly now: number
  /** One a step after `now`. */
  readonly ahead: readonly Predicted[]
  readonly model: TrackedDryer
  readonly history: History
}

export interface Tracker {
  take(sample: LineSample): void
  /** What leaves over the next steps if the steam goes as planned (a setpoint a step, the last one held). */
  prospect(steps: number, steam: readonly number[]): Prospect | undefined
  /**
   * Outlet some time on with the steam as it is, a mean over the last `meanS`, with its 90 % half width, which follows what has
   * come of earlier forecasts for the same regime; undefined before enough is known.
   */
  forecast(horizonS: number, meanS: number): { y: number; half: number; regime: Regime } | undefined
  /** The outlet meter is known to show so much too much, %: what is foretold is the leaf, not the meter. */
  correctMeter(offset: number): void
  /** Has it followed the line for as long as leaf takes through the dryer? */
  ready(): boolean
  /** Half width of the 90 % interval at the dead time in a regime, as it stands. */
  halfWidth(regime: Regime): number
  /** Factor on the drawing's lengths that is believed now. */
  scale(): number
  /** Time from inlet to outlet meter at the speed now, s. */
  deadTimeS(): number
  /** What the outlet meter shows above what the model expects of all other meters, %, smoothed. */
  disturbance(): number
  /** Logarithm of heat transfer against what was fitted; NaN where the line does not show it. */
  heatTransfer(): number
  /** Measured less expected outlet of the newest sample, %; NaN where there was none. */
  innovation(): number
  /** Outlet that all other meters let expect for the newest sample, %; NaN where there was none. */
  expected(): number
  regimeNow(): Regime | 'empty'
}

interface Member {
  readonly scale: number
  /** One of the bank that always runs; the others stand close around the best of these. */
  readonly coarse: boolean
  readonly model: TrackedDryer
  readonly history: History
  /** The drum's balances; given up for good where a sample comes without their meters. */
  filter: DrumFilter | undefined
  disturbance: number
  /** What the outlet meter shows above all that the model expects without its help, %, smoothed. */
  denied: number
  bias: number
  /** Innovations seen. */
  seen: number
  wallBias: number
  upstreamBias: number
  score: number
  innovation: number
  /** Outlet of the newest sample as expected without its meter's help, %. */
  own: number
}

const KEPT_STEPS = 260
/** Between two of the bank, about a second of the way through the dryer apart, once the best has been so for so many samples. */
const FINE = [-0.0125, -0.00625, 0.00625, 0.0125]
const REFINED_AFTER = 60
const SCALES = Array.from({ length: 31 }, (_, i) => 0.65 + i * 0.025)
/** Weight of the newest squared innovation in a member's score. */
const FORGET = 0.006
/** Innovations count no further than this, %: a spike proves nothing. */
const FARTHEST = 0.4
/** A meter that sees leaf where a member expects none, or the other way round, counts as this far off, %. */
const WRONG_PRESENCE = 0.5
/** Belief in the drawing, in squared % at 30 % off, and by how much another member must be better to be believed. */
const PRIOR = 2e-4
const HYSTERESIS = 0.95
/** With the drum's balances only a slow offset is left to the outlet meter. */
const OFFSET_GAIN = 0.004
const WALL_GAIN = 0.02
const UPSTREAM_GAIN = 0.02
/** Parcels that met a drum emptier than this, less 1, belong to head or tail. */
const PART_FILLED = -0.03

export function createTracker(model: TrackedDryer): Tracker {
  let members: Member[] = SCALES.map(scale => ({
    scale,
    coarse: true,
    model: scaledDryer(model, scale),
    history: emptyHistory(),
    filter: model.drum === undefined ? undefined : newDrumFilter(model.drum, model.geometry),
    denied: 0,
    disturbance: 0,
    bias: 0,
    seen: 0,
    wallBias: 0,
    upstreamBias: 0,
    score: 0.01 + PRIOR * ((scale - 1) / 0.3) ** 2,
    innovation: Number.NaN,
    own: Number.NaN,
  }))
  let believed = members.find(each => Math.abs(each.scale - 1) < 1e-9) ?? members[0]!
  let steam = Number.NaN
  let belts = unknownBelts
  const keep = Math.exp(-model.stepS / model.steamLagS)
  const lasts = Math.exp(-model.stepS / model.disturbance.lastsS)

  function learn(member: Member, sample: LineSample): void {
    const { history } = member
    const step = history.material.length - 1
    const passage = passageOf(history, step, member.model)
    member.disturbance *= lasts
    member.innovation = Number.NaN
    member.own = Number.NaN
    if (passage === undefined) return
    const exposure = exposureOf(history, passage, member.model)
    const settled = isSettled(history, passage.entered)
    const present = !Number.isNaN(sample.outlet)
    if (settled === 'mixed') return
    if (present !== (settled === 'leaf')) {
      score(member, WRONG_PRESENCE)
      return
    }
    if (!present) return
    const own = foretold(member, member.filter, passage.entered, exposure)
    const expected = own + member.disturbance + member.bias
    member.innovation = sample.outlet - expected
    member.own = own
    const error = Math.max(-FARTHEST, Math.min(FARTHEST, member.innovation))
    if (Number.isNaN(error)) return
    const { gain, biasGain } = model.disturbance
    member.seen += 1
    member.denied += gain * (sample.outlet - own - member.denied)
    // With no exhaust to tell of heat transfer, the outlet has to.
    if (member.filter === undefined || !member.filter.seesExhaust) {
      member.disturbance += gain * error
      // What lasts is learned quickly at first, then slowly.
      member.bias += Math.max(biasGain, Math.min(gain, 1 / member.seen)) * error
    } else member.bias += Math.max(OFFSET_GAIN, 1 / (member.seen + 10)) * error
    score(member, error)
  }

  function score(member: Member, error: number): void {
    member.score += FORGET * (error ** 2 + PRIOR * ((member.scale - 1) / 0.3) ** 2 - member.score)
  }

  let centre: Member | undefined
  let centredFor = 0

  /** Puts members between the best of the bank and its neighbours, who know its past and must prove better. */
  function refine(): void {
    const best = members.filter(each => each.coarse).reduce((a, b) => (b.score < a.score ? b : a))
    centredFor = best === centre ? centredFor + 1 : 0
    centre = best
    if (centredFor !== REFINED_AFTER) return
    const wanted = FINE.map(offset => best.scale + offset)
    const near = (scale: number) => members.find(each => !each.coarse && Math.abs(each.scale - scale) < 1e-6)
    const fine = wanted.map(scale => near(scale) ?? beside(best, scale))
    const kept = fine.includes(believed) || believed.coarse ? [] : [believed]
    members = [...members.filter(each => each.coarse), ...fine, ...kept]
  }

  const beside = (member: Member, scale: number): Member => ({
    ...member,
    scale,
    coarse: false,
    model: scaledDryer(model, scale),
    history: copyOf(member.history),
    filter: member.filter === undefined ? undefined : copyOfFilter(member.filter),
  })

  const bands = createOnlineBands(model.bands)
  let taken = 0
  let meterOffset = 0
  /** Forecasts whose truth is still to come, by the sample at which it does. */
  const open: { due: number; samples: number; y: number; half: number; regime: Regime }[] = []
  const outlets: number[] = []

  /** The meter's word on forecasts that are due; its drift is in it, as in all that is known live. */
  function learnWidth(sample: LineSample): void {
    taken += 1
    outlets.push(sample.outlet)
    if (outlets.length > 60) outlets.splice(0, outlets.length - 30)
    while (open[0] !== undefined && open[0].due <= taken) {
      const { samples, y, half, regime } = open.shift()!
      const seen = outlets.slice(-samples)
      const mean = seen.reduce((sum, each) => sum + each, 0) / seen.length
      if (!Number.isNaN(mean)) bands.learn(regime, Math.abs(mean - meterOffset - y) <= half)
    }
  }

  const prospect: Tracker['prospect'] = (steps, plan) => {
    const member = believed
    const now = member.history.material.length - 1
    if (now < 1) return undefined
    const history = copyOf(member.history)
    const filter = member.filter === undefined ? undefined : copyOfFilter(member.filter)
    extend(member, history, filter, steps, plan)
    const ahead: Predicted[] = []
    let faded = member.disturbance
    for (let k = 1; k <= steps; k += 1) {
      faded *= lasts
      const passage = passageOf(history, now + k, member.model)
      if (passage === undefined) return undefined
      const exposure = exposureOf(history, passage, member.model)
      const y = foretold(member, filter, passage.entered, exposure) + faded + member.bias - meterOffset
      ahead.push({ y, ...passage, exposure, regime: regimeOf(history, passage, exposure, member.model) })
    }
    return { now, ahead, model: member.model, history }
  }

  return {
    take(sample) {
      learnWidth(sample)
      steam = Number.isNaN(steam) ? sample.steam : sample.steam + (steam - sample.steam) * keep
      belts = followBelts(belts, sample, model)
      for (const member of members) {
        const { history } = member
        const last = history.material.length - 1
        const supposed = last < 0 ? Number.NaN : nextWall(member, history, last, steam)
        const wall = Number.isNaN(sample.wall) ? supposed : sample.wall
        if (!Number.isNaN(supposed) && !Number.isNaN(sample.wall))
          member.wallBias += WALL_GAIN * (sample.wall - supposed)
        append(history, { ...sample, wall: Number.isNaN(wall) ? 132 : wall, steam }, member.model)
        const upstream = upstreamOf(member, history, history.material.length - 1)
        if (sample.drying === undefined) member.filter = undefined
        else if (member.filter !== undefined)
          followDrum(member.filter, history, sample.drying, sample.wall, steam, member.model, member.scale, upstream)
        if (!Number.isNaN(upstream) && !Number.isNaN(sample.inlet))
          member.upstreamBias += UPSTREAM_GAIN * Math.max(-1, Math.min(1, sample.inlet - upstream))
        learn(member, sample)
        if (history.material.length > KEPT_STEPS + 60) {
          if (member.filter !== undefined) trimLeaf(member.filter, history.material.length - KEPT_STEPS)
          trim(history, KEPT_STEPS)
        }
      }
      refine()
      const best = members.reduce((a, b) => (b.score < a.score ? b : a))
      if (best.score < HYSTERESIS * believed.score) believed = best
    },
    prospect,
    forecast(horizonS, meanS) {
      const steps = Math.round(horizonS / model.stepS)
      const samples = Math.max(1, Math.round(meanS / model.stepS))
      const ahead = prospect(steps, [])?.ahead.slice(-samples)
      const last = ahead?.at(-1)
      if (ahead === undefined || last === undefined) return undefined
      const y = ahead.reduce((sum, each) => sum + each.y, 0) / ahead.length
      const half = bands.halfWidth(last.regime)
      if (!Number.isNaN(y)) open.push({ due: taken + steps, samples, y, half, regime: last.regime })
      return { y, half, regime: last.regime }
    },
    correctMeter(offset) {
      meterOffset = offset
    },
    ready: () => passageOf(believed.history, believed.history.material.length - 1, believed.model) !== undefined,
    halfWidth: regime => bands.halfWidth(regime),
    scale: () => believed.scale,
    deadTimeS() {
      const { drumS, dischargeS, nominalSpeed } = believed.model.geometry
      return ((drumS + dischargeS) * nominalSpeed) / Math.max(1e-6, believed.history.speed.at(-1) ?? nominalSpeed)
    },
    disturbance: () =>
      (believed.filter === undefined ? believed.disturbance + believed.bias : believed.denied) - meterOffset,
    heatTransfer: () => (believed.filter?.seesExhaust ? believed.filter.drum.contact : Number.NaN),
    innovation: () => believed.innovation,
    expected: () => believed.own,
    regimeNow() {
      const { history, model: own } = believed
      const passage = passageOf(history, history.material.length - 1, own)
      if (passage === undefined) return 'empty'
      const exposure = exposureOf(history, passage, own)
      return Number.isNaN(exposure.inlet) ? 'empty' : regimeOf(history, passage, exposure, own)
    },
  }

  /** Runs the line on with the belts as they are and the wall by its own balance. */
  function extend(
    member: Member,
    history: History,
    filter: DrumFilter | undefined,
    steps: number,
    plan: readonly number[],
  ): void {
    const now = history.material.length - 1
    let going = { ...belts, speed: history.speed[now]! }
    let following = steam
    for (let k = 0; k < steps; k += 1) {
      const last = history.material.length - 1
      const set = plan[Math.min(k, plan.length - 1)] ?? following
      following = set + (following - set) * keep
      going = nextBelts(going, model)
      const { speed } = going
      const wall = filter === undefined ? nextWall(member, history, last, following) : filter.drum.wall
      const step = {
        upstream: Number.NaN,
        inlet: Number.NaN,
        wall,
        steam: following,
        speed,
        feed: going.stoppedS > 0 ? 0 : going.feed / going.ratio,
        hotAir: history.hotAir[now]!,
        damper: history.damper[now]!,
      }
      const material = history.material[last]! + (speed / member.model.geometry.nominalSpeed) * model.stepS
      const seen = whenMaterial(history, material - member.model.geometry.upstreamS)
      const inlet = nearest(history.upstream, seen === undefined ? now : Math.min(now, seen))
      append(history, { ...step, inlet: inlet + member.upstreamBias }, member.model)
      if (filter !== undefined) {
        enterLeaf(filter, history, member.model)
        runOn(filter, history, following, member.model, member.scale)
        filter.drum.contact *= lasts
      }
    }
  }
}

/** Outlet of a parcel before what is learned of offsets: by the drum's balances where they are known, else by what it met. */
function foretold(member: Member, filter: DrumFilter | undefined, entered: number, exposure: Exposure): number {
  if (filter === undefined || member.model.drum === undefined) return dot(member.model.outlet, features(exposure))
  return Number.isNaN(exposure.inlet) ? Number.NaN : outletAt(filter, entered, member.model.drum)
}

function nextWall(member: Member, history: History, at: number, steam: number): number {
  return (
    dot(member.model.wall, wallFeatures(history.wall[at]!, steam, history.fill[at]!, history.hotAir[at]!)) +
    member.wallBias
  )
}

/** What the upstream meter saw of the leaf that is at the inlet at a step. */
function upstreamOf(member: Member, history: History, step: number): number {
  const when = whenMaterial(history, history.material[step]! - member.model.geometry.upstreamS)
  return when === undefined ? Number.NaN : nearest(history.upstream, when) + member.upstreamBias
}

/** Leaf, no leaf, or the border between them around a place at the inlet. */
function isSettled(history: History, entered: number): 'leaf' | 'empty' | 'mixed' {
  const around = [-2, -1, 0, 1, 2].map(k => Number.isNaN(history.inlet[Math.round(entered) + k] ?? Number.NaN))
  if (around.every(empty => !empty)) return 'leaf'
  return around.every(empty => empty) ? 'empty' : 'mixed'
}

function regimeOf(history: History, { entered }: { entered: number }, exposure: Exposure, model: TrackedDryer): Regime {
  if (!(exposure.fill < PART_FILLED)) return 'steady'
  // Empty before it: the head of the flow; else the drum emptied behind it.
  const place = Math.round(entered)
  const reach = model.geometry.drumS
  for (let i = place; i >= 0 && history.material[place]! - history.material[i]! < reach; i -= 1)
    if (Number.isNaN(history.inlet[i]!)) return 'head'
  return 'tail'
}
