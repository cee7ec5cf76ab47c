import { linearOf } from '@millwright/models'
import type { Screen } from '../locate.ts'
import type { Picture } from '../picture.ts'

/** Linear share 0..1 of an encoded sRGB level 0..255. */
export const LINEAR = Float32Array.from({ length: 256 }, (_, level) => linearOf(level / 255))

/** Luminance of a lit screen, linear, averaged over cells; cells outside of the screen are NaN. */
export interface Luminance {
  readonly width: number
  readonly height: number
  /** Pixels a cell. */
  readonly scale: number
  /** Top left of the map in the picture. */
  readonly left: number
  readonly top: number
  readonly values: Float32Array
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

/** Linear luminance over `scale` px cells of the judged rectangle. */
export function luminanceOf(picture: Picture, screen: Screen, scale: number): Luminance {
  const [left, top, right, low] = judgedBox(screen)
  const width = Math.floor((right - left + 1) / scale)
  const height = Math.floor((low - top + 1) / scale)
  const values = new Float32Array(width * height)
  const share = 1 / (scale * scale)
  const { pixels } = picture
  for (let y = 0; y < height * scale; y += 1) {
    const row = Math.floor(y / scale) * width
    let at = ((top + y) * picture.width + left) * 3
    for (let x = 0; x < width; x += 1) {
      let sum = 0
      for (let i = 0; i < scale; i += 1) {
        sum += 0.2126 * LINEAR[pixels[at]!]! + 0.7152 * LINEAR[pixels[at + 1]!]! + 0.0722 * LINEAR[pixels[at + 2]!]!
        at += 3
      }
      values[row + x]! += sum * share
    }
  }
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      if (!isJudged(screen, left + (x + 0.5) * scale, top + (y + 0.5) * scale)) values[y * width + x] = Number.NaN
    }
  }
  return { width, height, scale, left, top, values }
}

/** The map of cells twice as wide. */
export function halve(map: Luminance): Luminance {
  const width = Math.floor(map.width / 2)
  const height = Math.floor(map.height / 2)
  const values = new Float32Array(width * height)
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = 2 * y * map.width + 2 * x
      const low = at + map.width
      values[y * width + x] = (map.values[at]! + map.values[at + 1]! + map.values[low]! + map.values[low + 1]!) / 4
    }
  }
  return { ...map, width, height, scale: 2 * map.scale, values }
}
