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

export async function segment(network: Network, picture: Picture): Promise<ClassMap> {
  const factor = Math.max(1, Math.round(Math.max(picture.width, picture.height) / TRAINED_SIDE))
  const input = pad(factor === 1 ? picture : reduce(picture, factor), network.multiple)
  const { values, columns, rows } = await network.run(input.pixels, input.width, input.height)
  return { columns, rows, pitch: network.stride * factor, classes: network.classes, values }
}

/** Adds black at the right and below up to a multiple. */
function pad(picture: Picture, multiple: number): Picture {
  const width = Math.ceil(picture.width / multiple) * multiple
  const height = Math.ceil(picture.height / multiple) * multiple
  if (width === picture.width && height === picture.height) return picture
  const pixels = new Uint8Array(width * height * 3)
  if (width === picture.width) {
    pixels.set(picture.pixels)
    return { width, height, pixels }
  }
  for (let y = 0; y < picture.height; y += 1) {
    pixels.set(picture.pixels.subarray(y * picture.width * 3, (y + 1) * picture.width * 3), y * width * 3)
  }
  return { width, height, pixels }
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
