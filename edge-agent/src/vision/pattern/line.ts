import { type Finding, scoreAgainst } from '../finding.ts'
import { robust } from '../picture.ts'
import { reason } from '../reasons.ts'
import type { Relief } from './ground.ts'
import { FULL_WHITE } from './lit.ts'

const LEAST_Z = 8
/** A line of one pixel fails from this share of the luminance; on black, of full white. */
const LIMIT = 0.04
const BLACK_LIMIT = 0.01
/** Cells around that a line is held against. */
const REACH = 3
/** Wider than this (cells) is a band. */
const MOST_THICK = 3

/** Full rows and columns that differ from their neighbours: the profile of the means against its own running median. */
export function findLines(relief: Relief, dark: boolean): Finding[] {
  return [...inProfile(relief, true, dark), ...inProfile(relief, false, dark)]
}

function inProfile(relief: Relief, vertical: boolean, dark: boolean): Finding[] {
  const profile = profileOf(relief, vertical)
  const off = againstMedian(profile)
  const noise = Math.max(robust(off).deviation, 1e-4)
  const limit = dark ? BLACK_LIMIT : LIMIT
  const out: Finding[] = []
  for (let i = 1; i < off.length - 1; i += 1) {
    if (Math.abs(off[i]!) < LEAST_Z * noise) continue
    const sign = Math.sign(off[i]!)
    let last = i
    while (last + 1 < off.length && sign * off[last + 1]! > 4 * noise) last += 1
    const thick = last - i + 1
    let sum = 0
    for (let k = i; k <= last; k += 1) sum += sign * off[k]!
    // Contrast of a line one pixel wide that would take as much light.
    const contrast = sum * relief.scale * (dark ? relief.level / FULL_WHITE : 1)
    if (contrast > 0.3 * limit && thick <= MOST_THICK)
      out.push(describe(relief, vertical, i, thick, contrast, sum / noise, limit))
    i = last
  }
  return out
}

function describe(
  relief: Relief,
  vertical: boolean,
  first: number,
  thick: number,
  contrast: number,
  z: number,
  limit: number,
): Finding {
  const { left, top, width, height, scale } = relief
  const bbox = vertical
    ? ([left + first * scale, top, thick * scale, height * scale] as const)
    : ([left, top + first * scale, width * scale, thick * scale] as const)
  const direction = vertical ? 'vertical' : 'horizontal'
  return {
    class: 'line',
    subclass: direction,
    score: scoreAgainst(limit, contrast),
    bbox,
    area: bbox[2] * bbox[3],
    reasons: [reason('aoi.line', { direction, position: vertical ? bbox[0] : bbox[1], contrast: 100 * contrast, z })],
  }
}

/** Each value less the (upper) median of those within `REACH` of it. */
function againstMedian(profile: Float32Array): Float32Array {
  const near = new Float32Array(2 * REACH + 1)
  return profile.map((value, i) => {
    let count = 0
    for (let k = Math.max(0, i - REACH); k <= Math.min(profile.length - 1, i + REACH); k += 1) {
      // Sorted in as it comes: for so few values the quickest.
      const next = profile[k]!
      let at = count
      while (at > 0 && near[at - 1]! > next) {
        near[at] = near[at - 1]!
        at -= 1
      }
      near[at] = next
      count += 1
    }
    return value - near[count >> 1]!
  })
}

/** Mean deviation of each column (or row). */
function profileOf({ off, width, height }: Relief, vertical: boolean): Float32Array {
  const profile = new Float32Array(vertical ? width : height)
  for (let y = 0; y < height; y += 1) {
    const row = y * width
    if (vertical) for (let x = 0; x < width; x += 1) profile[x]! += off[row + x]! / height
    else {
      let sum = 0
      for (let x = 0; x < width; x += 1) sum += off[row + x]!
      profile[y] = sum / width
    }
  }
  return profile
}
