/**
 * Water and energy balance of a drum dryer, parcel by parcel: steam heats the wall, wall and air heat the leaf, water leaves by the
 * difference of vapour pressures (thin-layer form; Mujumdar, Handbook of Industrial Drying, ch. 4 and 7), and the exhaust air
 * carries it off. All coefficients are found from data (`fit-drum.ts`). Parcels are the steps of a `History`, so that delays
 * follow the material. Steps in place, for speed.
 */
import { type Static, Type } from 'typebox'

const Positive = Type.Number({ exclusiveMinimum: 0 })

export const DrumParameters = Type.Object({
  /** Wall and air to leaf, kW per K and kg of dry leaf. */
  wallToLeaf: Positive,
  airToLeaf: Positive,
  /** kg/s per kPa and kg of dry leaf. */
  evaporation: Positive,
  /** Dry-basis moisture at which the leaf's water activity is one half: a = x / (x + isotherm). */
  isotherm: Positive,
  /** kW/K. */
  steamToWall: Positive,
  wallLoss: Positive,
  /** kJ/K. */
  wallCapacity: Positive,
  /** Dry air in the drum, kg. */
  airMass: Positive,
  /** Water that goes with the cooling behind the drum, kg/kg of dry leaf and K above the room. */
  dischargeLoss: Positive,
  /** Water in the fresh air, kg/kg. */
  freshHumidity: Positive,
})
export type DrumParameters = Static<typeof DrumParameters>

/** What the meters around the drum show, beside the line's; NaN where there is no good value. */
export interface DryingSample {
  /** °C; kg/h of moist leaf. */
  readonly inletTemperature: number
  readonly inletFlow: number
  /** Air into the drum, °C and kg/h of dry air; out of it, °C and g of water per kg. */
  readonly hotAir: number
  readonly airFlow: number
  readonly exhaust: number
  readonly humidity: number
}

/** Leaf by step of the history: dry kg, dry-basis moisture and temperature, as it stands now or left the drum. */
export interface Leaf {
  readonly dry: number[]
  readonly x: number[]
  readonly t: number[]
}

export interface Drum {
  wall: number
  air: number
  /** kg/kg. */
  humidity: number
  /** Logarithm of the factor on heat transfer to the leaf: filling, structure of the leaf, deposits. */
  contact: number
}

export interface Supply {
  /** Temperature of the steam, °C. */
  readonly steam: number
  readonly hotAir: number
  /** kg/s. */
  readonly airFlow: number
}

const LATENT = 2400
const C_WATER = 4.19
const C_AIR = 1.01
const C_LEAF = 1.4
const ROOM = 24
const PRESSURE = 101.3
/** Longest inner step, s: leaf follows within about four. */
const INNER_S = 1

/** kPa over water (Magnus, coefficients of Alduchov and Eskridge 1996). */
const saturated = (t: number) => 0.61094 * Math.exp((17.625 * t) / (t + 243.04))
export const dryBasisOf = (percent: number): number => percent / (100 - percent)
export const wetPercentOf = (x: number): number => (100 * x) / (1 + x)

export const emptyLeaf = (): Leaf => ({ dry: [], x: [], t: [] })

/** Wet-basis moisture, %, of a step's parcel at the outlet meter, behind the drum; NaN where there is no leaf. */
export const outletOf = (leaf: Leaf, step: number, p: DrumParameters): number =>
  leaf.dry[step]! > 0 ? wetPercentOf(leaf.x[step]! - p.dischargeLoss * (leaf.t[step]! - ROOM)) : Number.NaN

/**
 * Takes drum and leaf from step `n - 1` to step `n` of the history.
 * @param material the history's material clock
 * @param drumS length of the drum, material seconds
 * @param slower how much more slowly than fitted leaf dries, where it also stays as much longer
 */
export function stepDrum(
  drum: Drum,
  leaf: Leaf,
  material: readonly number[],
  n: number,
  h: number,
  drumS: number,
  supply: Supply,
  p: DrumParameters,
  slower: number,
): void {
  const from = material[n - 1]!
  const moved = material[n]! - from
  let first = n
  while (first > 1 && from - middle(material, first - 1) < drumS) first -= 1
  const contact = Math.exp(drum.contact) / slower
  const wallGain = p.wallToLeaf * contact
  const airGain = p.airToLeaf * contact
  const evaporation = p.evaporation / slower
  const inner = Math.ceil(h / INNER_S)
  const dt = h / inner
  for (let i = 0; i < inner; i += 1) {
    const vapour = (PRESSURE * drum.humidity) / (0.622 + drum.humidity)
    let fromWall = 0
    let airHeat = 0
    let airGains = 0
    let water = 0
    for (let k = first; k <= n; k += 1) {
      const dry = leaf.dry[k]!
      if (!(dry > 0)) continue
      const own = dt * shareInside(from - middle(material, k), moved, drumS)
      if (own <= 0) continue
      const x = leaf.x[k]!
      const t = leaf.t[k]!
      const wall = wallGain * (drum.wall - t) * own
      const air = airGain * (drum.air - t) * own
      const out = Math.min(x, evaporation * own * ((x / (x + p.isotherm)) * saturated(t) - vapour))
      leaf.x[k] = x - out
      leaf.t[k] = t + (wall + air - out * LATENT) / (C_LEAF + x * C_WATER)
      fromWall += dry * wall
      airHeat += dry * airGain * own * t
      airGains += dry * airGain * own
      water += dry * out
    }
    const steam = p.steamToWall * dt
    const loss = p.wallLoss * dt
    drum.wall += (steam * (supply.steam - drum.wall) - loss * (drum.wall - ROOM) - fromWall) / p.wallCapacity
    // Air follows within seconds: implicit, so that it cannot ring.
    const flow = supply.airFlow * dt
    const mass = p.airMass * C_AIR
    drum.air = (mass * drum.air + flow * C_AIR * supply.hotAir + airHeat) / (mass + flow * C_AIR + airGains)
    drum.humidity = (p.airMass * drum.humidity + flow * p.freshHumidity + water) / (p.airMass + flow)
  }
}

const middle = (material: readonly number[], k: number) => (material[k]! + (material[k - 1] ?? material[k]!)) / 2

/** Share of a step for which a parcel is in the drum: at its begin it lies `at` behind the mouth, and moves on by `moved`. */
function shareInside(at: number, moved: number, drumS: number): number {
  if (moved <= 0) return at >= 0 && at < drumS ? 1 : 0
  return Math.max(0, Math.min(at + moved, drumS) - Math.max(at, 0)) / moved
}
