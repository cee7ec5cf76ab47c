import { describe, expect, it } from 'vitest'
import { type DrumParameters, type DryingSample, dryBasisOf, emptyLeaf, stepDrum } from './drum.ts'
import { type DrumFilter, followDrum, newDrumFilter, outletAt } from './drum-filter.ts'
import { fitDrum } from './fit-drum.ts'
import { append, emptyHistory, passageOf } from './history.ts'
import { type LineSample, saturation, type TrackedDryer } from './model.ts'
import { createTracker } from './tracker.ts'

const drum: DrumParameters = {
  wallToLeaf: 0.025,
  airToLeaf: 0.012,
  evaporation: 2.5e-4,
  isotherm: 0.09,
  steamToWall: 42,
  wallLoss: 0.4,
  wallCapacity: 1400,
  airMass: 9,
  dischargeLoss: 3e-5,
  freshHumidity: 0.0105,
}
const model: TrackedDryer = {
  kind: 'millwright-tracked-dryer',
  version: 1,
  name: 'toy',
  stepS: 5,
  geometry: { nominalSpeed: 0.25, feedS: 60, upstreamS: 100, drumS: 100, dischargeS: 50 },
  belts: { followS: 20, startS: 6, wanderS: 120, stopS: 55, changeS: 180 },
  outlet: [12.5, 0.5, ...new Array(26).fill(0)],
  wall: [132, 0, 0, 0, 0, 0],
  drum,
  steamLagS: 12,
  disturbance: { lastsS: 1200, gain: 0.15, biasGain: 0.002 },
  bands: { all: 0.2, regimes: {} },
  seen: {},
  notes: {},
}

interface Told {
  samples: LineSample[]
  contact: number[]
}

/** A line that is dried by its own balances, with heat transfer and steam that wander as told; meters without noise. */
function lineOf(count: number, contactAt: (i: number) => number, p: DrumParameters = drum): Told {
  const real: TrackedDryer = { ...model, drum: p }
  const history = emptyHistory()
  const truth = newDrumFilter(p, model.geometry)
  truth.ratio = 0.25 / 3600
  const out: Told = { samples: [], contact: [] }
  let steam = 2.5
  for (let i = 0; i < count; i += 1) {
    const inlet = leafAt(i)
    const set = 2.5 + 0.8 * Math.sin(i / 97)
    steam = set + (steam - set) * Math.exp(-5 / 12)
    const hotAir = 110 + 5 * Math.sin(i / 61)
    append(history, { ...still, inlet, steam, wall: 132, hotAir }, real)
    truth.drum.contact = contactAt(i)
    const blind: DryingSample = { ...noMeters, hotAir, airFlow: 11_000, inletTemperature: 45 }
    followDrum(truth, history, blind, Number.NaN, steam, real, 1)
    const passage = passageOf(history, i, real)
    const drying = {
      inletTemperature: 45,
      inletFlow: 5000,
      hotAir,
      airFlow: 11_000,
      exhaust: truth.drum.air,
      humidity: 1000 * truth.drum.humidity,
    }
    const outlet = passage === undefined ? Number.NaN : outletAt(truth, passage.entered, p)
    out.samples.push({
      ...still,
      inlet,
      upstream: leafAt(i + 20),
      steam: set,
      hotAir,
      wall: truth.drum.wall,
      outlet,
      drying,
    })
    out.contact.push(truth.drum.contact)
  }
  return out
}
const leafAt = (i: number) => 19.4 + 0.8 * Math.sin(i / 40)
const still = {
  upstream: 19.4,
  outlet: 12.5,
  speed: 0.25,
  feed: 5000,
  feedSet: 5000,
  batchDone: 0.5,
  damper: 50,
} as const
const noMeters: DryingSample = {
  inletTemperature: Number.NaN,
  inletFlow: Number.NaN,
  hotAir: Number.NaN,
  airFlow: Number.NaN,
  exhaust: Number.NaN,
  humidity: Number.NaN,
}

describe('drum', () => {
  it('water that leaves the leaf is in the air or gone with it', () => {
    const history = emptyHistory()
    const leaf = emptyLeaf()
    const state = { wall: 132, air: 95, humidity: 0.0105, contact: 0 }
    const supply = { steam: saturation(2.5), hotAir: 110, airFlow: 3 }
    let given = 0
    let carried = 0
    for (let n = 0; n < 120; n += 1) {
      append(history, { ...still, inlet: 19.4, wall: 132, steam: 2.5, hotAir: 110 }, model)
      leaf.dry.push(n < 60 ? 5.6 : 0)
      leaf.x.push(dryBasisOf(19.4))
      leaf.t.push(45)
      if (n === 0) continue
      const before = leaf.x.reduce((sum, x, k) => sum + x * leaf.dry[k]!, 0)
      // One inner step a call, so that the implicit air can be summed up exactly.
      const humidity = state.humidity
      stepDrum(state, leaf, history.material, n, 1, 100, supply, drum, 1)
      given += before - leaf.x.reduce((sum, x, k) => sum + x * leaf.dry[k]!, 0)
      carried += drum.airMass * (state.humidity - humidity) + 3 * (state.humidity - drum.freshHumidity)
    }
    expect(given).toBeGreaterThan(1)
    expect(carried).toBeCloseTo(given, 6)
  })

  it('finds a change of heat transfer from the exhaust before the leaf is at the outlet', () => {
    const { samples } = lineOf(400, i => (i < 300 ? 0 : 0.05))
    const history = emptyHistory()
    const filter: DrumFilter = newDrumFilter(drum, model.geometry)
    let steam = 2.5
    const seen = samples.map(sample => {
      steam = sample.steam + (steam - sample.steam) * Math.exp(-5 / 12)
      append(history, { ...sample, steam }, model)
      followDrum(filter, history, sample.drying!, sample.wall, steam, model, 1)
      return filter.drum.contact
    })
    expect(Math.abs(seen[299]!)).toBeLessThan(0.004)
    // Leaf needs 30 steps to the outlet meter.
    expect(seen[315]).toBeGreaterThan(0.04)
    expect(seen[315]).toBeLessThan(0.06)
  })

  it('finds its coefficients from a run: what it foretells agrees on another', { timeout: 30_000 }, () => {
    const { drum: _, ...bare } = model
    const fitted = fitDrum([lineOf(1500, i => 0.02 * Math.sin(i / 230)).samples], bare)
    const { samples } = lineOf(600, i => 0.02 * Math.cos(i / 190))
    const tracker = createTracker({ ...fitted, bands: model.bands })
    const errors: number[] = []
    samples.forEach((sample, i) => {
      tracker.take(sample)
      if (i > 300 && i + 30 < samples.length) {
        const plan = samples.slice(i + 1, i + 31).map(each => each.steam)
        const { ahead } = tracker.prospect(30, plan)!
        errors.push(ahead[29]!.y - samples[i + 30]!.outlet)
      }
    })
    expect(Math.sqrt(errors.reduce((sum, e) => sum + e * e, 0) / errors.length)).toBeLessThan(0.04)
  })

  it('without the meters of the drum the regression of before foretells', () => {
    const { samples } = lineOf(200, () => 0)
    const tracker = createTracker(model)
    for (const { drying: _, ...sample } of samples) tracker.take({ ...sample, outlet: 12.5 + 0.5 * (19.4 - 19.4) })
    expect(tracker.prospect(5, [2.5])!.ahead[4]!.y).toBeLessThan(14)
    expect(Number.isFinite(tracker.prospect(5, [2.5])!.ahead[4]!.y)).toBe(true)
  })

  it('a fit of runs without an exhaust leaves the dryer without a drum', () => {
    const { drum: _, ...bare } = model
    const samples = lineOf(50, () => 0).samples.map(({ drying: __, ...sample }) => sample)
    expect(fitDrum([samples], bare).drum).toBeUndefined()
  })
})
