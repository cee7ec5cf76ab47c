import type { ContrastMap } from './contrast.ts'
import type { Picture } from './picture.ts'
import { greyAt, robust } from './picture.ts'
import type { Region } from './regions.ts'

/** A region measured on the pixels themselves. Lengths in px, light in levels 0..255. */
export interface Measured {
  readonly bbox: readonly [number, number, number, number]
  readonly area: number
  /** Extent along and mean width across the main axis. */
  readonly length: number
  readonly width: number
  /** Direction of the main axis, radians. */
  readonly angle: number
  readonly centre: readonly [number, number]
  /** Mean and largest difference from the glass around. */
  readonly contrast: number
  readonly peak: number
  /** Share of the pixels at the sensor's limit. */
  readonly saturated: number
  /** Share of its box that differs from the glass. */
  readonly fill: number
}

/** Pixels of the region (and a cell around) that differ from the glass beside it by more than its noise; undefined where none does. */
export function measure(
  picture: Picture,
  map: ContrastMap,
  region: Region,
  least: number,
  shareOfPeak: number,
): Measured | undefined {
  const { pitch, columns } = map
  const [left, top, right, low] = region.span
  const reach = 1
  const x0 = Math.max(0, (left - reach) * pitch)
  const y0 = Math.max(0, (top - reach) * pitch)
  const x1 = Math.min(picture.width, (right + 1 + reach) * pitch)
  const y1 = Math.min(picture.height, (low + 1 + reach) * pitch)
  const near = nearMask(region, columns, reach)
  const glass = robust(ring(picture, x0, y0, x1, y1))
  const tops: number[] = []
  for (const cell of region.cells) {
    const x = (cell % columns) * pitch
    const y = Math.floor(cell / columns) * pitch
    let most = 0
    for (let j = y; j < Math.min(y + pitch, picture.height); j += 1) {
      for (let i = x; i < Math.min(x + pitch, picture.width); i += 1) {
        most = Math.max(most, Math.abs(greyAt(picture, i, j) - glass.median))
      }
    }
    tops.push(most)
  }
  tops.sort((a, b) => a - b)
  const peak = tops[Math.floor(0.9 * (tops.length - 1))]!
  const threshold = Math.max(4 * glass.deviation, least, shareOfPeak * peak)
  const sums = new Sums()
  for (let y = y0; y < y1; y += 1) {
    const row = (Math.floor(y / pitch) - top + reach) * near.width
    for (let x = x0; x < x1; x += 1) {
      if (near.cells[row + Math.floor(x / pitch) - left + reach] !== 1) continue
      const grey = greyAt(picture, x, y)
      const off = Math.abs(grey - glass.median)
      if (off > threshold) sums.add(x, y, off, grey > 245)
    }
  }
  return sums.area === 0 ? undefined : sums.result(peak)
}

/** The region's cells and those within `reach` of them, in a box of its own. */
function nearMask(region: Region, columns: number, reach: number): { width: number; cells: Uint8Array } {
  const [left, top, right, low] = region.span
  const width = right - left + 1 + 2 * reach
  const cells = new Uint8Array(width * (low - top + 1 + 2 * reach))
  for (const cell of region.cells) {
    const x = (cell % columns) - left + reach
    const y = Math.floor(cell / columns) - top + reach
    for (let j = -reach; j <= reach; j += 1) cells.fill(1, (y + j) * width + x - reach, (y + j) * width + x + reach + 1)
  }
  return { width, cells }
}

/** Brightness along two frames around a box: the glass beside the region. */
function ring(picture: Picture, x0: number, y0: number, x1: number, y1: number): number[] {
  const out: number[] = []
  const take = (x: number, y: number) => {
    if (x >= 0 && y >= 0 && x < picture.width && y < picture.height) out.push(greyAt(picture, x, y))
  }
  for (const off of [2, 5, 8]) {
    const step = Math.max(1, Math.floor((x1 - x0 + y1 - y0) / 200))
    for (let x = x0 - off; x < x1 + off; x += step) {
      take(x, y0 - off)
      take(x, y1 + off)
    }
    for (let y = y0 - off; y < y1 + off; y += step) {
      take(x0 - off, y)
      take(x1 + off, y)
    }
  }
  return out
}

/** Running moments of a set of pixels. */
class Sums {
  area = 0
  #light = 0
  #full = 0
  #x = 0
  #y = 0
  #points: number[] = []
  #box: [number, number, number, number] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, -1, -1]

  add(x: number, y: number, off: number, full: boolean): void {
    this.area += 1
    this.#light += off
    this.#full += full ? 1 : 0
    this.#x += x
    this.#y += y
    this.#points.push(x, y)
    const box = this.#box
    if (x < box[0]) box[0] = x
    if (y < box[1]) box[1] = y
    if (x > box[2]) box[2] = x
    if (y > box[3]) box[3] = y
  }

  result(peak: number): Measured {
    const [cx, cy] = [this.#x / this.area, this.#y / this.area]
    let [xx, xy, yy] = [0, 0, 0]
    for (let i = 0; i < this.#points.length; i += 2) {
      const dx = this.#points[i]! - cx
      const dy = this.#points[i + 1]! - cy
      xx += dx * dx
      xy += dx * dy
      yy += dy * dy
    }
    const angle = 0.5 * Math.atan2(2 * xy, xx - yy)
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
    let [least, most] = [0, 0]
    for (let i = 0; i < this.#points.length; i += 2) {
      const along = (this.#points[i]! - cx) * cos + (this.#points[i + 1]! - cy) * sin
      if (along < least) least = along
      if (along > most) most = along
    }
    const length = most - least + 1
    const [x0, y0, x1, y1] = this.#box
    const bbox = [x0, y0, x1 - x0 + 1, y1 - y0 + 1] as const
    return {
      bbox,
      area: this.area,
      length,
      width: this.area / length,
      angle,
      centre: [cx, cy],
      contrast: this.#light / this.area,
      peak,
      saturated: this.#full / this.area,
      fill: this.area / (bbox[2] * bbox[3]),
    }
  }
}
