import { robust } from '../picture.ts'
import { scratchFloats, scratchInts } from '../scratch.ts'
import { type Field, spread } from './flat-field.ts'
import type { Luminance, Spans } from './lit.ts'
import { smoothMap } from './smooth.ts'

/** Smoothing of the local background, cells of 8 px. */
const REACH = 5
/** Share beyond which a cell is no background; under heavy moiré three deviations, or the background would be that of its troughs. */
const CALM = 0.05

/** The fine map against its local background. */
export interface Relief {
  readonly width: number
  readonly height: number
  /** Pixels a cell. */
  readonly scale: number
  readonly left: number
  readonly top: number
  /** Share by which each cell is brighter than the light around it. */
  readonly off: Float32Array
  /** Mean of `off` over 2 x 2 cells, the cell first. */
  readonly blocks: Float32Array
  /** Cells whose block stands off by 3.5 deviations and 0.8 %: all that a check need look at. */
  readonly raised: Int32Array
  /** Deviation of `blocks` by noise alone. */
  readonly noise: number
  /** Light of the screen, linear, median. */
  readonly level: number
}

/** Holds the fine map against the smoothed coarse one (four cells each way to one); marks do not lift what they are held against. */
export function relieve(fine: Luminance, coarse: Luminance, field: Field, spans: Spans): Float32Array {
  const smooth = spread(coarse, field)
  const { values } = coarse
  const calm = scratchFloats('ground.calm', values.length)
  const known = scratchFloats('ground.known', values.length)
  let count = 0
  for (let i = 0; i < calm.length; i += 1) {
    const off = values[i]! / smooth[i]! - 1
    calm[i] = off
    if (!Number.isNaN(off)) known[count++] = off
  }
  const most = Math.max(CALM, 3 * robust(known.subarray(0, count)).deviation)
  for (let i = 0; i < calm.length; i += 1) if (calm[i]! > most || calm[i]! < -most) calm[i] = Number.NaN
  const slow = smoothMap(calm, coarse.width, coarse.height, REACH, true)
  const ground = smooth
  for (let i = 0; i < ground.length; i += 1) if (!Number.isNaN(slow[i]!)) ground[i]! *= 1 + slow[i]!
  const off = against(fine, ground, coarse.width, coarse.height)
  // Bezel, and what the lens spreads of the step at the side, is no relief.
  for (let y = 0; y < fine.height; y += 1) {
    off.fill(0, y * fine.width, y * fine.width + spans.first[y]!)
    off.fill(0, y * fine.width + spans.last[y]!, (y + 1) * fine.width)
  }
  return off
}

function against(fine: Luminance, ground: Float32Array, columns: number, rows: number): Float32Array {
  const { width, height, values } = fine
  const ratio = width / columns
  const off = scratchFloats('off', values.length)
  const line = new Float32Array(columns)
  for (let y = 0; y < height; y += 1) {
    const v = (y + 0.5) / ratio - 0.5
    const j = Math.min(rows - 2, Math.max(0, Math.floor(v)))
    const t = v - j
    for (let i = 0; i < columns; i += 1)
      line[i] = ground[j * columns + i]! * (1 - t) + ground[(j + 1) * columns + i]! * t
    const row = y * width
    let at = row
    for (let i = -1; i < columns; i += 1) {
      const a = i < 0 ? 2 * line[0]! - line[1]! : line[i]!
      const b = i === columns - 1 ? 2 * line[i]! - line[i - 1]! : line[i + 1]!
      // Centres of coarse cells lie in the middle of `ratio` fine ones.
      const from = i < 0 ? 0 : (i + 0.5) * ratio
      const to = i === columns - 1 ? width : (i + 1.5) * ratio
      const step = (b - a) / ratio
      let g = a + step * (i < 0 ? ratio / 2 + 0.5 : 0.5)
      for (let x = from; x < to; x += 1) {
        off[at] = values[at]! / g - 1
        at += 1
        g += step
      }
    }
  }
  return off
}

/** Blocks nearer to the light around than this share are nothing, whatever the noise. */
const LEAST = 0.008
const LEAST_Z = 3.5

/** `even`: the map is noise but for its marks; a checkerboard is not, and tells nothing of its noise. */
export function reliefOf(fine: Luminance, off: Float32Array, level: number, even = true): Relief {
  const { width, height, scale, left, top } = fine
  const blocks = scratchFloats('blocks', off.length)
  blocks.fill(0)
  for (let y = 0; y < height - 1; y += 1) {
    const row = y * width
    let before = off[row]! + off[row + width]!
    for (let x = 0; x < width - 1; x += 1) {
      const next = off[row + x + 1]! + off[row + width + x + 1]!
      blocks[row + x] = 0.25 * (before + next)
      before = next
    }
  }
  const noise = Math.max(2e-4, robust(blocks).deviation)
  return {
    width,
    height,
    scale,
    left,
    top,
    off,
    blocks,
    raised: raisedOf(blocks, even ? LEAST_Z * noise : 0),
    noise,
    level,
  }
}

function raisedOf(blocks: Float32Array, threshold: number): Int32Array {
  const least = Math.max(LEAST, threshold)
  const out = scratchInts('raised', blocks.length)
  let count = 0
  for (let i = 0; i < blocks.length; i += 1) {
    const v = blocks[i]!
    if (v > least || v < -least) out[count++] = i
  }
  return out.subarray(0, count)
}
