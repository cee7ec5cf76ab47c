/**
 * Follows the drum of a tracked dryer: its balances run on with what is measured around it, and what comes of them is held against
 * wall, exhaust and outlet. The exhaust's water tells at once how much the leaf has lost, a dead time before the outlet does; so
 * heat transfer, which nobody measures, follows the exhaust, and only a slow offset follows the outlet meter. An observer with
 * fixed gains, chosen on the recorded runs.
 */
import {
  type Drum,
  type DrumParameters,
  type DryingSample,
  dryBasisOf,
  emptyLeaf,
  type Leaf,
  outletOf,
  stepDrum,
} from './drum.ts'
import { type History, whenMaterial } from './history.ts'
import { saturation, type TrackedDryer } from './model.ts'

export interface DrumFilter {
  readonly leaf: Leaf
  readonly drum: Drum
  /** Steam seems so much hotter than its setpoint says, K. */
  steamOffset: number
  /** Dry kg a material second for a unit of load, and from how many samples; the newest meters, held where they say nothing. */
  ratio: number
  weighed: number
  inlet: number
  seesExhaust: boolean
  inletTemperature: number
  hotAir: number
  airFlow: number
}

/** Gains of the observer, a sample each. */
const WALL_GAIN = 0.35
const STEAM_GAIN = 0.03
const AIR_GAIN = 0.4
const HUMIDITY_GAIN = 0.3
const CONTACT_GAIN = 0.35
/** Meters that differ by no more than this see the same leaf, %. */
const ALIKE = 0.2
const RATIO_GAIN = 0.0005
/** Heat transfer is read from the exhaust only while the drum is so full and the leaf gives the air so much water, kg/kg. */
const FILLED = 0.95
const LEAST_RISE = 0.012
const MOST_CONTACT = 0.25

/** A weigh belt in kg/h is believed until the flow meter has been seen. */
const firstRatio = ({ nominalSpeed, feedS }: TrackedDryer['geometry']) =>
  feedS === undefined ? 1 : nominalSpeed / 3600

export const newDrumFilter = (p: DrumParameters, geometry: TrackedDryer['geometry']): DrumFilter => ({
  leaf: emptyLeaf(),
  drum: { wall: 130, air: 90, humidity: p.freshHumidity, contact: 0 },
  steamOffset: 0,
  ratio: firstRatio(geometry),
  weighed: 0,
  inlet: 19,
  seesExhaust: false,
  inletTemperature: 45,
  hotAir: 110,
  airFlow: 3,
})

export const copyOfFilter = (filter: DrumFilter): DrumFilter => ({
  ...filter,
  drum: { ...filter.drum },
  leaf: { dry: [...filter.leaf.dry], x: [...filter.leaf.x], t: [...filter.leaf.t] },
})

export function trimLeaf({ leaf }: DrumFilter, more: number): void {
  for (const values of [leaf.dry, leaf.x, leaf.t]) values.splice(0, more)
}

const good = (value: number, otherwise: number) => (Number.isFinite(value) ? value : otherwise)

/**
 * The parcel of the newest step comes to the drum. Its mass is what was on the belt when it was fed, so that stops and starts have
 * sharp edges, which neither flow meter nor moisture meter shows.
 * @param seen what the meter upstream saw of it, %
 */
export function enterLeaf(filter: DrumFilter, history: History, model: TrackedDryer, seen = Number.NaN): void {
  const n = history.material.length - 1
  const { leaf } = filter
  const moved = history.material[n]! - (history.material[n - 1] ?? history.material[n]!)
  const inlet = history.inlet[n]!
  // Two meters saw the leaf: their mean has less noise, unless they see something else.
  if (Number.isFinite(inlet)) filter.inlet = Math.abs(seen - inlet) < ALIKE ? (seen + inlet) / 2 : inlet
  // The belt weighs moist leaf: the wetter it is, the less of it is dry.
  leaf.dry.push(filter.ratio * loadAt(history, n, model) * moved * (1 - filter.inlet / 100))
  leaf.x.push(dryBasisOf(filter.inlet))
  leaf.t.push(filter.inletTemperature)
}

/** Load of the belt when the parcel at the inlet was fed; before memory, and without a weigh belt, one where there is leaf. */
function loadAt(history: History, n: number, model: TrackedDryer): number {
  const { feedS, upstreamS } = model.geometry
  const plain = Number.isFinite(history.inlet[n]!) ? 1 : 0
  if (feedS === undefined) return plain
  const from = whenMaterial(history, history.material[n]! - upstreamS - feedS)
  if (from === undefined) return plain * (history.load.find(each => each > 0) ?? 0)
  const low = Math.floor(from)
  const part = from - low
  const mean = part === 0 ? history.load[low]! : history.load[low]! * (1 - part) + history.load[low + 1]! * part
  return Number.isFinite(mean) ? mean : plain
}

/** What the flow meter at the inlet says of the load of the belt: it is learned slowly, and only in a steady flow. */
function weighLeaf(filter: DrumFilter, history: History, flow: number, moved: number, model: TrackedDryer): void {
  const n = history.material.length - 1
  const load = loadAt(history, n, model)
  const steady = [0, 1, 2, 3, 4, 5].every(k => Number.isFinite(history.inlet[n - k] ?? Number.NaN))
  if (!steady || !(flow > 0) || !(load > 0) || moved <= 0) return
  const ratio = ((flow / 3600) * model.stepS) / moved / load
  const start = filter.weighed === 0
  // A start or an end of the flow passes the meter more slowly than it passes the belt.
  if (!start && Math.abs(ratio / filter.ratio - 1) > 0.15) return
  filter.weighed += 1
  filter.ratio += Math.max(RATIO_GAIN, 1 / filter.weighed) * (ratio - filter.ratio)
}

/** One step of the balances, without a look at the meters. */
export function runOn(filter: DrumFilter, history: History, steam: number, model: TrackedDryer, slower: number): void {
  const n = history.material.length - 1
  if (n < 1 || model.drum === undefined) return
  const { hotAir, airFlow } = filter
  const supply = { steam: saturation(steam) + filter.steamOffset, hotAir, airFlow }
  stepDrum(filter.drum, filter.leaf, history.material, n, model.stepS, model.geometry.drumS, supply, model.drum, slower)
}

/** What the meters said less what was expected: wall and exhaust °C, humidity kg/kg. */
export interface DrumInnovations {
  readonly wall: number
  readonly exhaust: number
  readonly humidity: number
}

/** Takes in the newest sample; `history` has its step already. */
export function followDrum(
  filter: DrumFilter,
  history: History,
  sample: DryingSample,
  wall: number,
  steam: number,
  model: TrackedDryer,
  slower: number,
  seen = Number.NaN,
): DrumInnovations {
  const p = model.drum!
  const n = history.material.length - 1
  const first = n === 0
  const moved = history.material[n]! - (history.material[n - 1] ?? 0)
  filter.inletTemperature = good(sample.inletTemperature, filter.inletTemperature)
  filter.hotAir = good(sample.hotAir, filter.hotAir)
  filter.airFlow = good(sample.airFlow / 3600, filter.airFlow)
  weighLeaf(filter, history, sample.inletFlow, moved, model)
  enterLeaf(filter, history, model, seen)
  const { drum } = filter
  if (first) {
    drum.wall = good(wall, drum.wall)
    drum.air = good(sample.exhaust, drum.air)
    drum.humidity = good(sample.humidity / 1000, drum.humidity)
    return { wall: Number.NaN, exhaust: Number.NaN, humidity: Number.NaN }
  }
  runOn(filter, history, steam, model, slower)
  const innovations = {
    wall: wall - drum.wall,
    exhaust: sample.exhaust - drum.air,
    humidity: sample.humidity / 1000 - drum.humidity,
  }
  if (Number.isFinite(innovations.wall)) {
    drum.wall += WALL_GAIN * innovations.wall
    filter.steamOffset += STEAM_GAIN * innovations.wall
  }
  if (Number.isFinite(innovations.exhaust)) drum.air += AIR_GAIN * innovations.exhaust
  filter.seesExhaust = Number.isFinite(innovations.humidity)
  drum.contact *= Math.exp(-model.stepS / model.disturbance.lastsS)
  if (Number.isFinite(innovations.humidity)) {
    const rise = drum.humidity - p.freshHumidity
    if (rise > LEAST_RISE && history.fill[n]! > FILLED) {
      const wished = drum.contact + (CONTACT_GAIN * innovations.humidity) / rise
      drum.contact = Math.max(-MOST_CONTACT, Math.min(MOST_CONTACT, wished))
    }
    drum.humidity += HUMIDITY_GAIN * innovations.humidity
  }
  return innovations
}

/** Outlet moisture, %, of what entered the drum at a place in the steps (with fraction). */
export function outletAt(filter: DrumFilter, place: number, p: DrumParameters): number {
  const low = Math.floor(place)
  const part = place - low
  const a = outletOf(filter.leaf, low, p)
  if (part === 0) return a
  const b = outletOf(filter.leaf, low + 1, p)
  const mixed = a * (1 - part) + b * part
  return Number.isNaN(mixed) ? (part < 0.5 ? a : b) : mixed
}
