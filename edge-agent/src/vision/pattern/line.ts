import { type Finding, scoreAgainst } from '../finding.ts'
import { robust } from '../picture.ts'
import { reason } from '../reasons.ts'
import type { Relief } from './ground.ts'
import { FULL_WHITE, type Spans } from './lit.ts'

const LEAST_Z = 8
/** A line of one pixel fails from this share of the luminance; on black, of full white. */
const LIMIT = 0.04
const BLACK_LIMIT = 0.01
/** Cells around that a line is held against. */
const REACH = 3
/** Wider than this (cells) is a band. */
const MOST_THICK = 3

/** How the display's columns and rows lie in the picture: px across a px along. */
interface Slopes {
  readonly columns: number
  readonly rows: number
}

/** Full rows and columns that differ from their neighbours: the profile of the means against its own running median. */
export function findLines(relief: Relief, spans: Spans, slopes: Slopes, dark: boolean): Finding[] {
  const limit = dark ? (BLACK_LIMIT * FULL_WHITE) / relief.level : LIMIT
  const most = Math.max((2 * limit) / relief.scale, 16 * relief.noise)
  return [
    ...inProfile(relief, columnProfile(relief, spans, slopes.columns, most), true, slopes.columns, dark),
    ...inProfile(relief, rowProfile(relief, spans, slopes.rows, most), false, slopes.rows, dark),
  ]
}

function inProfile(
  relief: Relief,
  { first, profile }: Profile,
  vertical: boolean,
  slope: number,
  dark: boolean,
): Finding[] {
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
      out.push(describe(relief, vertical, first + i, thick, slope, contrast, sum / noise, limit))
    i = last
  }
  return out
}

function describe(
  relief: Relief,
  vertical: boolean,
  first: number,
  thick: number,
  slope: number,
  contrast: number,
  z: number,
  limit: number,
): Finding {
  const { left, top, width, height, scale } = relief
  const slant = Math.ceil((Math.abs(slope) * (vertical ? height : width)) / 2) * scale
  const across = thick * scale + 2 * slant
  const bbox = vertical
    ? ([left + first * scale - slant, top, across, height * scale] as const)
    : ([left, top + first * scale - slant, width * scale, across] as const)
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

/** Means of the lines that lie nearly whole on the screen, and the number of the first. */
interface Profile {
  readonly first: number
  readonly profile: Float32Array
}

/** A line needs this share of the longest's cells. */
const LEAST_WHOLE = 0.9

/** Mean relief of each column of the display, named by where it crosses the middle row. */
function columnProfile({ off, width, height }: Relief, spans: Spans, slope: number, most: number): Profile {
  const sums = new Float64Array(width)
  const counts = new Int32Array(width)
  for (let y = 0; y < height; y += 1) {
    const shift = Math.round(slope * (y + 0.5 - height / 2))
    const from = Math.max(spans.first[y]!, shift)
    const to = Math.min(spans.last[y]!, width + shift)
    for (let x = from, at = y * width + from; x < to; x += 1, at += 1) {
      sums[x - shift]! += within(off[at]!, most)
      counts[x - shift]! += 1
    }
  }
  return whole(sums, counts)
}

/** The same of each row, named by where it crosses the middle column. */
function rowProfile({ off, width, height }: Relief, spans: Spans, slope: number, most: number): Profile {
  const sums = new Float64Array(height)
  const counts = new Int32Array(height)
  const shifts = Int32Array.from({ length: width }, (_, x) => Math.round(slope * (x + 0.5 - width / 2)))
  for (let y = 0; y < height; y += 1) {
    const last = spans.last[y]!
    let x = spans.first[y]!
    while (x < last) {
      // A stretch of one shift is summed at once.
      const shift = shifts[x]!
      let sum = 0
      const start = x
      while (x < last && shifts[x] === shift) {
        sum += within(off[y * width + x]!, most)
        x += 1
      }
      const line = y - shift
      if (line < 0 || line >= height) continue
      sums[line]! += sum
      counts[line]! += x - start
    }
  }
  return whole(sums, counts)
}

/** A scratch along a row is many times as bright as the row's mean: no cell gives more than a line at twice its limit would. */
const within = (v: number, most: number) => Math.max(-most, Math.min(most, v))

function whole(sums: Float64Array, counts: Int32Array): Profile {
  const least = LEAST_WHOLE * counts.reduce((most, n) => Math.max(most, n), 0)
  const first = Math.max(
    0,
    counts.findIndex(n => n >= least),
  )
  const last = counts.findLastIndex(n => n >= least)
  return {
    first,
    profile: Float32Array.from(
      { length: last - first + 1 },
      (_, i) => sums[first + i]! / Math.max(1, counts[first + i]!),
    ),
  }
}
