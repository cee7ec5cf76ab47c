import { describe, expect, it } from 'vitest'
import { followBelts, nextBelts, unknownBelts } from './belts.ts'
import { append, emptyHistory, exposureOf, passageOf, whenMaterial } from './history.ts'
import { type LineSample, scaledDryer, type TrackedDryer } from './model.ts'
import { createTracker } from './tracker.ts'

/** A dryer that passes the inlet on by 0.5 %/% around 12.5 %, and whose wall stands still. */
const model: TrackedDryer = {
  kind: 'millwright-tracked-dryer',
  version: 1,
  name: 'toy',
  stepS: 5,
  geometry: { nominalSpeed: 0.25, upstreamS: 100, drumS: 100, dischargeS: 50 },
  belts: { followS: 20, startS: 6, wanderS: 120, stopS: 55, changeS: 180 },
  outlet: [12.5, 0.5, ...new Array(26).fill(0)],
  wall: [132, 0, 0, 0, 0, 0],
  steamLagS: 12,
  disturbance: { lastsS: 1200, gain: 0.15, biasGain: 0.002 },
  bands: { all: 0.2, regimes: {} },
  seen: {},
  notes: {},
}
const steady: LineSample = {
  upstream: 19.4,
  inlet: 19.4,
  outlet: 12.5,
  wall: 132,
  speed: 0.25,
  feed: 5000,
  feedSet: 5000,
  batchDone: 0.5,
  steam: 2.5,
  hotAir: 110,
  damper: 50,
}

describe('material history', () => {
  it('finds the parcel at the outlet by material, whatever the belts did', () => {
    const history = emptyHistory()
    // Forty steps at full speed, then forty at half: the same way takes twice as long.
    for (let i = 0; i < 80; i += 1) append(history, { ...steady, speed: i < 40 ? 0.25 : 0.125, inlet: i }, model)
    const passage = passageOf(history, 79, model)!
    const material = history.material
    expect(material[79]! - history.material[Math.round(passage.left)]!).toBeCloseTo(50, 0)
    // 100 material seconds lie in the slow part; the other 50 take 10 fast steps.
    expect(passage.entered).toBeCloseTo(29, 0)
    const { time, inlet } = exposureOf(history, passage, model)
    expect(inlet).toBeCloseTo(29, 0)
    expect(time).toBeCloseTo(0.5, 1)
  })
  it('knows nothing of before its memory', () => {
    const history = emptyHistory()
    for (let i = 0; i < 20; i += 1) append(history, steady, model)
    expect(passageOf(history, 19, model)).toBeUndefined()
    expect(whenMaterial(history, -1)).toBeUndefined()
  })
  it('a gap in the flow empties the drum and fills it again', () => {
    const history = emptyHistory()
    for (let i = 0; i < 100; i += 1) append(history, { ...steady, inlet: i >= 40 && i < 70 ? Number.NaN : 19.4 }, model)
    expect(history.fill[39]).toBeCloseTo(1, 6)
    expect(history.fill[65]).toBe(0)
    expect(history.fill[80]).toBeGreaterThan(0.4)
    expect(history.fill[95]).toBeCloseTo(1, 6)
  })
})

describe('belts', () => {
  const run = (samples: readonly Partial<LineSample>[]) =>
    samples.reduce<ReturnType<typeof followBelts>>(
      (belts, sample) => followBelts(belts, { ...steady, ...sample }, model),
      unknownBelts,
    )
  const running = new Array(60).fill({})
  it('a wandering feed is expected back at its setpoint', () => {
    let belts = run([...running, { feed: 5150, speed: 0.2575 }])
    for (let i = 0; i < 120; i += 1) belts = nextBelts(belts, model)
    expect(belts.speed).toBeCloseTo(0.25, 3)
  })
  it('the start after a stop makes the belts slow for a while', () => {
    let belts = run([...running, { feed: 0 }, { feed: 0 }])
    const speeds: number[] = []
    for (let i = 0; i < 60; i += 1) {
      belts = nextBelts(belts, model)
      speeds.push(belts.speed)
    }
    expect(Math.min(...speeds)).toBeLessThan(0.235)
    expect(speeds.at(-1)).toBeGreaterThan(0.243)
  })
})

/** A line whose inlet wanders and whose outlet follows it after the dead time of a dryer so much longer than drawn. */
function samplesOf(scale: number, count: number): LineSample[] {
  const real = scaledDryer(model, scale)
  const dead = Math.round((real.geometry.drumS + real.geometry.dischargeS) / model.stepS)
  const inlet = (i: number) => 19.4 + 0.6 * Math.sin(i / 17) + 0.3 * Math.sin(i / 5.3)
  return Array.from({ length: count }, (_, i) => ({
    ...steady,
    upstream: inlet(i + Math.round(real.geometry.upstreamS / model.stepS)),
    inlet: inlet(i),
    outlet: i < dead ? Number.NaN : 12.5 + 0.5 * (inlet(i - dead) - 19.4),
  }))
}

describe('tracker', () => {
  it.each([0.7, 1, 1.3])('finds a dryer %d times as long as drawn', scale => {
    const tracker = createTracker(model)
    for (const sample of samplesOf(scale, 600)) tracker.take(sample)
    expect(Math.abs(tracker.scale() - scale)).toBeLessThanOrEqual(0.05)
    expect(Math.abs(tracker.deadTimeS() - 150 * scale)).toBeLessThan(10)
  })
  it('finds a length that lies between those of its bank', () => {
    const tracker = createTracker(model)
    for (const sample of samplesOf(34 / 30, 1200)) tracker.take(sample)
    expect(Math.abs(tracker.scale() - 34 / 30)).toBeLessThan(0.009)
  })
  it('foresees at the dead time what is on its way, and never looks ahead', () => {
    const tracker = createTracker(model)
    const samples = samplesOf(1, 640)
    for (const sample of samples.slice(0, 600)) tracker.take(sample)
    const ahead = tracker.prospect(30, [2.5])!.ahead
    for (const k of [5, 15, 25]) expect(Math.abs(ahead[k - 1]!.y - samples[599 + k]!.outlet)).toBeLessThan(0.08)
    const other = createTracker(model)
    for (const sample of samples.slice(0, 600)) other.take(sample)
    expect(other.prospect(30, [2.5])!.ahead).toEqual(ahead)
  })
  it('takes what the model does not explain for a disturbance, and a spike for little', () => {
    const tracker = createTracker(model)
    for (const sample of samplesOf(1, 600)) tracker.take({ ...sample, outlet: sample.outlet + 0.2 })
    expect(tracker.disturbance()).toBeCloseTo(0.2, 1)
    tracker.take({ ...steady, outlet: 40 })
    expect(tracker.disturbance()).toBeLessThan(0.35)
  })
  it('is ready once leaf has gone through, and says nothing before', () => {
    const tracker = createTracker(model)
    for (const sample of samplesOf(1, 20)) tracker.take(sample)
    expect(tracker.ready()).toBe(false)
    expect(tracker.prospect(10, [2.5])).toBeUndefined()
    for (const sample of samplesOf(1, 60)) tracker.take(sample)
    expect(tracker.ready()).toBe(true)
  })
})
