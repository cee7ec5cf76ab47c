import { type Picture, quantile } from '../picture.ts'

/** A network whose features say what a place looks like. `run` takes RGB bytes whose sides are multiples of `multiple`. */
export interface Features {
  readonly id: string
  /** Pixels a cell. */
  readonly stride: number
  readonly channels: number
  readonly multiple: number
  /** channels x rows x columns. */
  run(
    pixels: Uint8Array,
    width: number,
    height: number,
  ): Promise<{ values: Float32Array; columns: number; rows: number }>
}

/** The face of a part, cell by cell. */
export interface Face {
  readonly rows: number
  readonly columns: number
  /** Values a cell. */
  readonly dims: number
  /** rows x columns x dims. */
  readonly cells: Float32Array
}

/** Looks at a whole picture, brought to a scale and a median brightness; each cell is the mean of it and those around. */
export async function faceOf(features: Features, picture: Picture, scale: number, level: number): Promise<Face> {
  const even = brighten(scale < 1 ? shrink(picture, scale) : picture, level)
  const { stride, channels, multiple } = features
  const padded = mirror(even, multiple)
  const seen = await features.run(padded.pixels, padded.width, padded.height)
  const rows = Math.max(1, Math.floor(even.height / stride))
  const columns = Math.max(1, Math.floor(even.width / stride))
  const cells = new Float32Array(rows * columns * channels)
  for (let y = 0; y < rows; y += 1) {
    for (let x = 0; x < columns; x += 1) {
      for (let c = 0; c < channels; c += 1) {
        let sum = 0
        for (let j = -1; j <= 1; j += 1) {
          const row = Math.min(seen.rows - 1, Math.max(0, y + j))
          for (let i = -1; i <= 1; i += 1) {
            const column = Math.min(seen.columns - 1, Math.max(0, x + i))
            sum += seen.values[(c * seen.rows + row) * seen.columns + column]!
          }
        }
        cells[(y * columns + x) * channels + c] = sum / 9
      }
    }
  }
  return { rows, columns, dims: channels, cells }
}

/** Exposure is not the part's matter: one gain brings the median to the level. */
function brighten({ width, height, pixels }: Picture, level: number): Picture {
  const median = quantile(pixels, 0.5)
  const gain = level / Math.max(10, median)
  const table = Uint8ClampedArray.from({ length: 256 }, (_, v) => v * gain)
  return { width, height, pixels: pixels.map(v => table[v]!) }
}

/** Mirrors at the right and below up to a multiple. */
function mirror({ width, height, pixels }: Picture, multiple: number): Picture {
  const wide = Math.ceil(width / multiple) * multiple
  const high = Math.ceil(height / multiple) * multiple
  if (wide === width && high === height) return { width, height, pixels }
  const out = new Uint8Array(wide * high * 3)
  const back = (i: number, side: number) => (i < side ? i : Math.max(0, 2 * side - 2 - i))
  for (let y = 0; y < high; y += 1) {
    const from = back(y, height) * width
    for (let x = 0; x < wide; x += 1) {
      const at = (from + back(x, width)) * 3
      const to = (y * wide + x) * 3
      out[to] = pixels[at]!
      out[to + 1] = pixels[at + 1]!
      out[to + 2] = pixels[at + 2]!
    }
  }
  return { width: wide, height: high, pixels: out }
}

/** Mean over the pixels that fall into each of the smaller picture. */
function shrink(picture: Picture, scale: number): Picture {
  const width = Math.max(16, Math.round(picture.width * scale))
  const height = Math.max(16, Math.round(picture.height * scale))
  const pixels = new Uint8Array(width * height * 3)
  for (let y = 0; y < height; y += 1) {
    const top = Math.floor((y * picture.height) / height)
    const low = Math.max(top + 1, Math.floor(((y + 1) * picture.height) / height))
    for (let x = 0; x < width; x += 1) {
      const left = Math.floor((x * picture.width) / width)
      const right = Math.max(left + 1, Math.floor(((x + 1) * picture.width) / width))
      for (let c = 0; c < 3; c += 1) {
        let sum = 0
        for (let j = top; j < low; j += 1)
          for (let i = left; i < right; i += 1) sum += picture.pixels[(j * picture.width + i) * 3 + c]!
        pixels[(y * width + x) * 3 + c] = sum / ((low - top) * (right - left))
      }
    }
  }
  return { width, height, pixels }
}
