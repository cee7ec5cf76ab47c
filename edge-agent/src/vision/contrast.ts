import type { Screen } from './locate.ts'
import { type Picture, quantile } from './picture.ts'

/** How far the brightest pixel of each 4 x 4 px cell stands off the glass around it. */
export interface ContrastMap {
  readonly columns: number
  readonly rows: number
  /** Pixels a cell. */
  readonly pitch: number
  /** Largest difference from the local glass in the cell, levels. */
  readonly most: Float32Array
  /** Deviation of the sensor's noise, levels. */
  readonly noise: number
}

const PITCH = 4
/** Side of a background cell, px; the glass's level is the median over 5 x 5 of their medians. */
const COARSE = 24

/** The analytic eye on a dark glass: scratches, stains and glints all throw light back; the glass beside them does not. */
export function contrastOf(picture: Picture, screen: Screen): ContrastMap {
  const columns = Math.floor(picture.width / PITCH)
  const rows = Math.floor(picture.height / PITCH)
  const glass = glassLevel(picture)
  const most = new Float32Array(columns * rows)
  const offs: number[] = []
  const { pixels, width } = picture
  const { inside, scale, width: wide, height: high } = screen.judged
  for (let y = 0; y < rows; y += 1) {
    const line = Math.min(high - 1, Math.floor(((y + 0.5) * PITCH) / scale)) * wide
    for (let x = 0; x < columns; x += 1) {
      if (inside[line + Math.min(wide - 1, Math.floor(((x + 0.5) * PITCH) / scale))] !== 1) continue
      const level = glass.at(x * PITCH + 2, y * PITCH + 2)
      let far = 0
      for (let j = 0; j < PITCH; j += 1) {
        let at = ((y * PITCH + j) * width + x * PITCH) * 3
        for (let i = 0; i < PITCH; i += 1) {
          const off = Math.abs(0.2126 * pixels[at]! + 0.7152 * pixels[at + 1]! + 0.0722 * pixels[at + 2]! - level)
          if (off > far) far = off
          at += 3
        }
      }
      most[y * columns + x] = far
      if ((x + 7 * y) % 13 === 0) offs.push(far)
    }
  }
  // The largest of 16 normal values lies at about 2.07 deviations (both signs); the median cell holds noise only.
  const noise = Math.max(0.5, quantile(offs, 0.5) / 2.07)
  return { columns, rows, pitch: PITCH, most, noise }
}

/** The glass's own brightness, following haze and mirrored shadows but not defects. */
function glassLevel(picture: Picture): { at(x: number, y: number): number } {
  const columns = Math.ceil(picture.width / COARSE)
  const rows = Math.ceil(picture.height / COARSE)
  const medians = new Float32Array(columns * rows)
  const cell: number[] = []
  for (let y = 0; y < rows; y += 1) {
    for (let x = 0; x < columns; x += 1) {
      cell.length = 0
      for (let j = 1; j < COARSE; j += 4) {
        for (let i = 1; i < COARSE; i += 4) {
          const at =
            (Math.min(picture.height - 1, y * COARSE + j) * picture.width +
              Math.min(picture.width - 1, x * COARSE + i)) *
            3
          cell.push(0.2126 * picture.pixels[at]! + 0.7152 * picture.pixels[at + 1]! + 0.0722 * picture.pixels[at + 2]!)
        }
      }
      cell.sort((a, b) => a - b)
      medians[y * columns + x] = cell[cell.length >> 1]!
    }
  }
  const smooth = medianOfNeighbours(medians, columns, rows, 2)
  return {
    at(x, y) {
      const u = Math.min(columns - 1.001, Math.max(0, x / COARSE - 0.5))
      const v = Math.min(rows - 1.001, Math.max(0, y / COARSE - 0.5))
      const i = Math.floor(u)
      const j = Math.floor(v)
      const [s, t] = [u - i, v - j]
      const k = j * columns + i
      const top = smooth[k]! * (1 - s) + smooth[k + 1]! * s
      const low = smooth[k + columns]! * (1 - s) + smooth[k + columns + 1]! * s
      return top * (1 - t) + low * t
    },
  }
}

function medianOfNeighbours(values: Float32Array, columns: number, rows: number, reach: number): Float32Array {
  const out = new Float32Array(values.length)
  const near: number[] = []
  for (let y = 0; y < rows; y += 1) {
    for (let x = 0; x < columns; x += 1) {
      near.length = 0
      for (let j = Math.max(0, y - reach); j <= Math.min(rows - 1, y + reach); j += 1) {
        for (let i = Math.max(0, x - reach); i <= Math.min(columns - 1, x + reach); i += 1)
          near.push(values[j * columns + i]!)
      }
      near.sort((a, b) => a - b)
      out[y * columns + x] = near[near.length >> 1]!
    }
  }
  return out
}
