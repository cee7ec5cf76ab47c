import type { Screen } from './locate.ts'
import { judgedBox } from './pattern/lit.ts'
import { type Picture, quantile } from './picture.ts'
import { scratchFloats } from './scratch.ts'

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
/** Cells along a side of a background square; the glass's level is the median over 5 x 5 of their medians. */
const COARSE = 6

/** The analytic eye on a dark glass: scratches, stains and glints all throw light back; the glass beside them does not. */
export function contrastOf(picture: Picture, screen: Screen): ContrastMap {
  const columns = Math.floor(picture.width / PITCH)
  const rows = Math.floor(picture.height / PITCH)
  const { least, highest, sample } = extremes(picture, columns, rows, around(screen))
  const glass = glassLevel(sample, columns, rows)
  const most = new Float32Array(columns * rows)
  const offs: number[] = []
  const { inside, scale, width: wide, height: high } = screen.judged
  const column = Int32Array.from({ length: columns }, (_, x) =>
    Math.min(wide - 1, Math.floor(((x + 0.5) * PITCH) / scale)),
  )
  const levels = new Float32Array(columns)
  for (let y = 0; y < rows; y += 1) {
    const line = Math.min(high - 1, Math.floor(((y + 0.5) * PITCH) / scale)) * wide
    glass.line(y, levels)
    for (let x = 0; x < columns; x += 1) {
      if (inside[line + column[x]!] !== 1) continue
      const cell = y * columns + x
      const level = levels[x]!
      most[cell] = Math.max(highest[cell]! - level, level - least[cell]!)
      if ((x + 7 * y) % 13 === 0) offs.push(most[cell]!)
    }
  }
  // The largest of 16 normal values lies at about 2.07 deviations (both signs); the median cell holds noise only.
  const noise = Math.max(0.5, quantile(offs, 0.5) / 2.07)
  return { columns, rows, pitch: PITCH, most, noise }
}

type Box = readonly [number, number, number, number]

/** What is judged and the squares around it, in cells: first column and row, last column and row. */
function around(screen: Screen): Box {
  const [left, top, right, low] = judgedBox(screen)
  const pad = 3 * COARSE
  const cell = (px: number) => Math.floor(px / PITCH)
  return [Math.max(0, cell(left) - pad), Math.max(0, cell(top) - pad), cell(right) + pad, cell(low) + pad]
}

/** Darkest, brightest and one plain value of each cell of a box, levels. */
function extremes({ pixels, width }: Picture, columns: number, rows: number, [left, first, right, last]: Box) {
  const least = scratchFloats('least', columns * rows).fill(0)
  const highest = scratchFloats('highest', columns * rows).fill(0)
  const sample = scratchFloats('sample', columns * rows).fill(0)
  const span = width * 3
  for (let y = first; y <= Math.min(rows - 1, last); y += 1) {
    for (let x = left; x <= Math.min(columns - 1, right); x += 1) {
      let low = 1e9
      let top = 0
      let plain = 0
      const corner = (y * PITCH * width + x * PITCH) * 3
      for (let line = corner; line < corner + PITCH * span; line += span) {
        for (let at = line; at < line + PITCH * 3; at += 3) {
          const grey = 2126 * pixels[at]! + 7152 * pixels[at + 1]! + 722 * pixels[at + 2]!
          if (grey < low) low = grey
          if (grey > top) top = grey
          plain = grey
        }
      }
      const cell = y * columns + x
      least[cell] = low / 1e4
      highest[cell] = top / 1e4
      sample[cell] = plain / 1e4
    }
  }
  return { least, highest, sample }
}

/** The glass's own brightness, following haze and mirrored shadows but not defects: `line` gives it for a row of cells. */
function glassLevel(sample: Float32Array, width: number, height: number) {
  const columns = Math.ceil(width / COARSE)
  const rows = Math.ceil(height / COARSE)
  const medians = new Float32Array(columns * rows)
  for (let y = 0; y < rows; y += 1) {
    for (let x = 0; x < columns; x += 1)
      medians[y * columns + x] = medianOf(sample, width, height, x * COARSE, y * COARSE, COARSE)
  }
  const smooth = Float32Array.from(medians, (_, i) =>
    medianOf(medians, columns, rows, (i % columns) - 2, Math.floor(i / columns) - 2, 5),
  )
  return {
    line(row: number, out: Float32Array): void {
      const v = Math.min(rows - 1.001, Math.max(0, (row + 0.5) / COARSE - 0.5))
      const j = Math.floor(v)
      const t = v - j
      for (let x = 0; x < out.length; x += 1) {
        const u = Math.min(columns - 1.001, Math.max(0, (x + 0.5) / COARSE - 0.5))
        const i = Math.floor(u)
        const s = u - i
        const k = j * columns + i
        const top = smooth[k]! * (1 - s) + smooth[k + 1]! * s
        const low = smooth[k + columns]! * (1 - s) + smooth[k + columns + 1]! * s
        out[x] = top * (1 - t) + low * t
      }
    },
  }
}

const near = new Float32Array(64)

/** Upper median of the values of a square that lie in the map; squares have at most 64. */
function medianOf(
  values: Float32Array,
  width: number,
  height: number,
  left: number,
  top: number,
  side: number,
): number {
  let count = 0
  for (let y = Math.max(0, top); y < Math.min(height, top + side); y += 1) {
    for (let x = Math.max(0, left); x < Math.min(width, left + side); x += 1) {
      // Sorted in as it comes: for so few values the quickest.
      const value = values[y * width + x]!
      let at = count
      while (at > 0 && near[at - 1]! > value) {
        near[at] = near[at - 1]!
        at -= 1
      }
      near[at] = value
      count += 1
    }
  }
  return near[count >> 1]!
}
