import type { Pattern } from '@millwright/contract'
import { linearOf } from '@millwright/models'
import type { Screen } from '../locate.ts'
import type { Picture } from '../picture.ts'
import { scratchFloats } from '../scratch.ts'

/** Linear share 0..1 of an encoded sRGB level 0..255. */
export const LINEAR = Float32Array.from({ length: 256 }, (_, level) => linearOf(level / 255))
/** The same of the sum of three channels of a neutral colour, 0..765. */
const NEUTRAL = Float32Array.from({ length: 766 }, (_, sum) => linearOf(sum / 765))

/** White of a panel at its usual exposure, linear: what light on black is measured in. */
export const FULL_WHITE = 0.74

/** A map over the upright rectangle that holds what is judged. */
export interface Luminance {
  readonly width: number
  readonly height: number
  /** Pixels a cell. */
  readonly scale: number
  /** Top left of the map in the picture. */
  readonly left: number
  readonly top: number
  /** Linear light 0..1; in maps of 4 px and more, NaN where the screen is not judged. */
  readonly values: Float32Array
}

/** By row of a map: the columns whose cells lie wholly inside the sides, first to last (beyond it). */
export interface Spans {
  readonly first: Int32Array
  readonly last: Int32Array
}

/** The upright rectangle that holds all that is judged, px: left, top, right, bottom (last inside). */
export function judgedBox(screen: Screen): [number, number, number, number] {
  const { width, height, scale, inside } = screen.judged
  let [left, top, right, low] = [width, height, 0, 0]
  for (let y = 0; y < height; y += 1) {
    const row = inside.subarray(y * width, (y + 1) * width)
    const first = row.indexOf(1)
    if (first < 0) continue
    left = Math.min(left, first)
    right = Math.max(right, row.lastIndexOf(1))
    top = Math.min(top, y)
    low = y
  }
  return [left * scale, top * scale, (right + 1) * scale - 1, (low + 1) * scale - 1]
}

export function isJudged(screen: Screen, x: number, y: number): boolean {
  const { width, height, scale, inside } = screen.judged
  return inside[Math.min(height - 1, Math.floor(y / scale)) * width + Math.min(width - 1, Math.floor(x / scale))] === 1
}

/** Linear light of one px, as `fineLight` sums it. */
export type LightAt = (x: number, y: number) => number

export function lightAt({ pixels, width }: Picture, pattern: Pattern): LightAt {
  const channel = CHANNELS.indexOf(pattern)
  if (channel >= 0) return (x, y) => LINEAR[pixels[(y * width + x) * 3 + channel]!]!
  return (x, y) => {
    const at = (y * width + x) * 3
    return NEUTRAL[pixels[at]! + pixels[at + 1]! + pixels[at + 2]!]!
  }
}

const CHANNELS: readonly Pattern[] = ['red', 'green', 'blue']
const FINE = 2

/**
 * Light over cells of 2 px: of a primary its own channel, of anything else the mean of the three, which has the least noise.
 * Values outside of what is judged are there too.
 */
export function fineLight(picture: Picture, screen: Screen, pattern: Pattern): Luminance {
  const [left, top, right, low] = judgedBox(screen)
  const width = Math.floor((Math.min(right, picture.width - 1) - left + 1) / (4 * FINE)) * 4
  const height = Math.floor((Math.min(low, picture.height - 1) - top + 1) / (4 * FINE)) * 4
  const map: Luminance = { width, height, scale: FINE, left, top, values: scratchFloats('fine', width * height) }
  const channel = CHANNELS.indexOf(pattern)
  if (channel < 0) binNeutral(picture, map)
  else binChannel(picture, map, channel)
  return map
}

function binNeutral({ pixels, width: wide }: Picture, { width, height, left, top, values }: Luminance): void {
  for (let y = 0; y < height; y += 1) {
    let a = ((top + FINE * y) * wide + left) * 3
    let b = a + wide * 3
    const row = y * width
    for (let x = 0; x < width; x += 1) {
      values[row + x] =
        0.25 *
        (NEUTRAL[pixels[a]! + pixels[a + 1]! + pixels[a + 2]!]! +
          NEUTRAL[pixels[a + 3]! + pixels[a + 4]! + pixels[a + 5]!]! +
          NEUTRAL[pixels[b]! + pixels[b + 1]! + pixels[b + 2]!]! +
          NEUTRAL[pixels[b + 3]! + pixels[b + 4]! + pixels[b + 5]!]!)
      a += 6
      b += 6
    }
  }
}

function binChannel(
  { pixels, width: wide }: Picture,
  { width, height, left, top, values }: Luminance,
  channel: number,
): void {
  for (let y = 0; y < height; y += 1) {
    let a = ((top + FINE * y) * wide + left) * 3 + channel
    let b = a + wide * 3
    const row = y * width
    for (let x = 0; x < width; x += 1) {
      values[row + x] =
        0.25 * (LINEAR[pixels[a]!]! + LINEAR[pixels[a + 3]!]! + LINEAR[pixels[b]!]! + LINEAR[pixels[b + 3]!]!)
      a += 6
      b += 6
    }
  }
}

/** The map of cells twice as wide. */
export function halve(map: Luminance): Luminance {
  return {
    ...map,
    width: map.width >> 1,
    height: map.height >> 1,
    scale: 2 * map.scale,
    values: halved(map.values, map.width, map.height),
  }
}

/** Mean of 2 x 2 values. */
export function halved(values: Float32Array, width: number, height: number): Float32Array {
  const [wide, high] = [width >> 1, height >> 1]
  const out = new Float32Array(wide * high)
  for (let y = 0; y < high; y += 1) {
    let at = 2 * y * width
    for (let x = 0; x < wide; x += 1) {
      out[y * wide + x] = 0.25 * (values[at]! + values[at + 1]! + values[at + width]! + values[at + width + 1]!)
      at += 2
    }
  }
  return out
}

/** The map with NaN where the screen is not judged, or its sides are too near. */
export function onlyJudged(map: Luminance, screen: Screen, spans: Spans): Luminance {
  const values = map.values.slice()
  for (let y = 0; y < map.height; y += 1) {
    for (let x = 0; x < map.width; x += 1) {
      const held = x >= spans.first[y]! && x < spans.last[y]!
      if (!held || !isJudged(screen, map.left + (x + 0.5) * map.scale, map.top + (y + 0.5) * map.scale))
        values[y * map.width + x] = Number.NaN
    }
  }
  return { ...map, values }
}
