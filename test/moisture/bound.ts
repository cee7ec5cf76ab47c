/**
 * What no controller can beat on a run: the steam path, chosen afterwards with the whole future known, that leaves the least
 * variance of the steady outlet, by the linear effect of steam on each parcel. Conjugate gradients on the normal equations.
 */
import type { TrackedDryer } from '@millwright/edge-agent'

export interface Parcel {
  /** Steps at which it entered and left the drum. */
  readonly entered: number
  readonly left: number
  /** Deviation of the outlet from the mean, %. */
  readonly error: number
}

const EVERY = 2
const ROUNDS = 120
/** Against moves without end: a squared bar against a squared %. */
const RIDGE = 1e-3

export function leastSd(parcels: readonly Parcel[], steps: number, model: TrackedDryer, gain: number): number {
  const response = wallImpulse(model, gain)
  const slope = model.outlet[3]! / 10 / model.geometry.drumS
  const n = Math.ceil(steps / EVERY)
  const rows = parcels.map(({ entered, left }) => {
    const from = Math.max(0, Math.floor((entered - response.length) / EVERY))
    const to = Math.min(n - 1, Math.floor(left / EVERY))
    const weights: number[] = []
    for (let j = from; j <= to; j += 1) {
      let effect = 0
      for (let part = 0; part < EVERY; part += 1) {
        const at = j * EVERY + part
        effect += integral(response, left - at) - integral(response, entered - at)
      }
      weights.push(slope * effect)
    }
    return { from, weights }
  })
  const apply = (v: Float64Array) =>
    rows.map(({ from, weights }) => weights.reduce((s, w, k) => s + w * v[from + k]!, 0))
  const back = (e: readonly number[]) => {
    const out = new Float64Array(n)
    rows.forEach(({ from, weights }, i) => {
      for (let k = 0; k < weights.length; k += 1) out[from + k]! += weights[k]! * e[i]!
    })
    return out
  }
  const v = new Float64Array(n)
  let r = back(parcels.map(each => -each.error))
  let d = r.slice()
  const dot = (a: Float64Array, b: Float64Array) => a.reduce((s, x, i) => s + x * b[i]!, 0)
  let rr = dot(r, r)
  for (let round = 0; round < ROUNDS && rr > 1e-14; round += 1) {
    const hd = back(apply(d)).map((x, i) => x + RIDGE * d[i]!)
    const step = rr / dot(d, hd)
    for (let i = 0; i < n; i += 1) v[i]! += step * d[i]!
    r = r.map((x, i) => x - step * hd[i]!)
    const next = dot(r, r)
    d = r.map((x, i) => x + (next / rr) * d[i]!)
    rr = next
  }
  const rest = apply(v).map((effect, i) => parcels[i]!.error + effect)
  return Math.sqrt(rest.reduce((s, e) => s + e * e, 0) / rest.length)
}

/** Running integral of the wall's answer to one step of steam held for one step, by steps since. */
function wallImpulse(model: TrackedDryer, gain: number): number[] {
  const follows = 1 - Math.exp(-model.stepS / model.steamLagS)
  const keeps = model.wall[1]! + model.wall[4]!
  // About 7.4 °C a bar at the normal steam.
  const drive = model.wall[2]! * 7.4 * gain
  const sums = [0]
  let steam = 0
  let wall = 0
  for (let k = 1; k <= 90; k += 1) {
    steam += follows * ((k === 1 ? 1 : 0) - steam)
    wall = keeps * wall + drive * steam
    sums.push(sums[k - 1]! + wall * model.stepS)
  }
  return sums
}

function integral(sums: readonly number[], steps: number): number {
  if (steps <= 0) return 0
  const low = Math.floor(steps)
  if (low >= sums.length - 1) return sums.at(-1)!
  return sums[low]! + (steps - low) * (sums[low + 1]! - sums[low]!)
}
