import type { Picture } from './picture.ts'

/** Class probabilities of a capture at a coarser grid. */
export interface ClassMap {
  readonly columns: number
  readonly rows: number
  /** Pixels of the picture a cell. */
  readonly pitch: number
  readonly classes: readonly string[]
  /** classes x rows x columns. */
  readonly values: Float32Array
}

/** Runs the network on RGB bytes whose sides are multiples of what it asks; gives classes x rows x columns. */
export interface Network {
  readonly id: string
  readonly classes: readonly string[]
  readonly thresholds: readonly number[]
  readonly stride: number
  readonly multiple: number
  run(
    pixels: Uint8Array,
    width: number,
    height: number,
  ): Promise<{ values: Float32Array; columns: number; rows: number }>
}

/** The network was trained on captures about this wide; larger ones are reduced to it by whole factors. */
const TRAINED_SIDE = 1920

/** A rectangle, px: left, top, right, bottom (beyond the last). */
export type Rect = readonly [number, number, number, number]

/** What the network sees around a place it is asked about, px; less would change what it says there. */
const CONTEXT = 96
/** Crops are cut on this grid, so that the network's cells keep their places. */
const GRID = 64

/**
 * Asks the network about some places of a picture. It sees them at full resolution with their surroundings; where they cover most of
 * the picture it sees the whole. Elsewhere the map says `good`: nothing was asked there.
 */
export async function segment(network: Network, picture: Picture, places: readonly Rect[]): Promise<ClassMap> {
  const factor = Math.max(1, Math.round(Math.max(picture.width, picture.height) / TRAINED_SIDE))
  const input = factor === 1 ? picture : reduce(picture, factor)
  const columns = Math.ceil(input.width / GRID) * (GRID / network.stride)
  const rows = Math.ceil(input.height / GRID) * (GRID / network.stride)
  const values = new Float32Array(network.classes.length * columns * rows)
  values.fill(1, 0, columns * rows)
  const map = { columns, rows, pitch: network.stride * factor, classes: network.classes, values }
  for (const crop of cropsFor(places, factor, input)) await fill(network, input, crop, map)
  return map
}

async function fill(network: Network, input: Picture, crop: Rect, map: ClassMap): Promise<void> {
  const [left, top, right, low] = crop
  const part = cut(input, crop)
  const seen = await network.run(part, right - left, low - top)
  const [x0, y0] = [left / network.stride, top / network.stride]
  for (let k = 0; k < map.classes.length; k += 1) {
    for (let y = 0; y < seen.rows; y += 1) {
      const from = (k * seen.rows + y) * seen.columns
      map.values.set(seen.values.subarray(from, from + seen.columns), (k * map.rows + y0 + y) * map.columns + x0)
    }
  }
}

/** Rectangles on the grid that hold all places with their context, joined where they meet; one where they are most of the picture. */
export function cropsFor(places: readonly Rect[], factor: number, { width, height }: Picture): Rect[] {
  const [most, lowest] = [Math.ceil(width / GRID) * GRID, Math.ceil(height / GRID) * GRID]
  const down = (v: number) => Math.max(0, Math.floor((v / factor - CONTEXT) / GRID) * GRID)
  const up = (v: number, end: number) => Math.min(end, Math.ceil((v / factor + CONTEXT) / GRID) * GRID)
  const crops: Rect[] = []
  for (const [left, top, right, low] of places) {
    let crop: Rect = [down(left), down(top), up(right, most), up(low, lowest)]
    for (let i = crops.length - 1; i >= 0; i -= 1) {
      if (!meet(crop, crops[i]!)) continue
      crop = around(crop, crops[i]!)
      crops.splice(i, 1)
      // The larger one may meet those passed over.
      i = crops.length
    }
    crops.push(crop)
  }
  const area = crops.reduce((sum, [l, t, r, b]) => sum + (r - l) * (b - t), 0)
  return area > 0.75 * most * lowest ? [[0, 0, most, lowest]] : crops
}

const meet = (a: Rect, b: Rect) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3]
const around = (a: Rect, b: Rect): Rect => [
  Math.min(a[0], b[0]),
  Math.min(a[1], b[1]),
  Math.max(a[2], b[2]),
  Math.max(a[3], b[3]),
]

/** A part of the picture; black beyond its right and lower border. */
function cut(picture: Picture, [left, top, right, low]: Rect): Uint8Array {
  const wide = right - left
  const pixels = new Uint8Array(wide * (low - top) * 3)
  const kept = Math.min(right, picture.width)
  for (let y = top; y < Math.min(low, picture.height); y += 1) {
    const from = y * picture.width
    pixels.set(picture.pixels.subarray((from + left) * 3, (from + kept) * 3), (y - top) * wide * 3)
  }
  return pixels
}

/** Averages factor x factor pixels. */
function reduce(picture: Picture, factor: number): Picture {
  const width = Math.floor(picture.width / factor)
  const height = Math.floor(picture.height / factor)
  const sums = new Float32Array(width * 3)
  const pixels = new Uint8Array(width * height * 3)
  const share = 1 / (factor * factor)
  for (let y = 0; y < height; y += 1) {
    sums.fill(0)
    for (let j = 0; j < factor; j += 1) {
      let at = (y * factor + j) * picture.width * 3
      for (let x = 0; x < width * factor; x += 1) {
        const to = Math.floor(x / factor) * 3
        for (let c = 0; c < 3; c += 1) sums[to + c]! += picture.pixels[at++]!
      }
    }
    for (let i = 0; i < sums.length; i += 1) pixels[y * width * 3 + i] = Math.round(sums[i]! * share)
  }
  return { width, height, pixels }
}
