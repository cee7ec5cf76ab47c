import type { Screen } from './locate.ts'
import type { Picture } from './picture.ts'

/** The checks themselves follow the screen's sides up to this, rad: one degree. */
const LEAST_TILT = 0.0175
/** What is kept around the screen, as a share of its long side: it is sought anew there. */
const AROUND = 0.04

/** A picture turned so that its screen stands upright. */
export interface Upright {
  readonly picture: Picture
  /** The box in the file's pixels that holds a box of the turned picture. */
  back(bbox: readonly [number, number, number, number]): [number, number, number, number]
}

/** Turns a picture about its screen's middle, where the screen is turned at all; what lies outside of the picture repeats its border. */
export function straighten(picture: Picture, screen: Screen): Upright | undefined {
  const { tilt, corners } = screen
  if (Math.abs(tilt) < LEAST_TILT) return undefined
  const [cos, sin] = [Math.cos(tilt), Math.sin(tilt)]
  const along = corners.map(([x, y]) => [x * cos + y * sin, y * cos - x * sin] as const)
  const pad = AROUND * screen.sides[0]
  const left = Math.min(...along.map(p => p[0])) - pad
  const top = Math.min(...along.map(p => p[1])) - pad
  const width = Math.round(Math.max(...along.map(p => p[0])) + pad - left)
  const height = Math.round(Math.max(...along.map(p => p[1])) + pad - top)
  const pixels = new Uint8Array(width * height * 3)
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const [u, v] = [left + x + 0.5, top + y + 0.5]
      sample(picture, u * cos - v * sin - 0.5, v * cos + u * sin - 0.5, pixels, (y * width + x) * 3)
    }
  }
  return {
    picture: { width, height, pixels },
    back([x, y, w, h]) {
      const ends = [
        [x, y],
        [x + w, y],
        [x, y + h],
        [x + w, y + h],
      ].map(([i, j]) => {
        const [u, v] = [left + i!, top + j!]
        return [u * cos - v * sin, v * cos + u * sin] as const
      })
      const within = (v: number, most: number) => Math.min(most, Math.max(0, Math.round(v)))
      const x0 = within(Math.min(...ends.map(e => e[0])), picture.width - 1)
      const y0 = within(Math.min(...ends.map(e => e[1])), picture.height - 1)
      const x1 = within(Math.max(...ends.map(e => e[0])), picture.width)
      const y1 = within(Math.max(...ends.map(e => e[1])), picture.height)
      return [x0, y0, Math.max(1, x1 - x0), Math.max(1, y1 - y0)]
    },
  }
}

/** Bilinear value of the picture at a place, rounded. */
function sample({ pixels, width, height }: Picture, x: number, y: number, to: Uint8Array, at: number): void {
  const u = Math.min(width - 1.001, Math.max(0, x))
  const v = Math.min(height - 1.001, Math.max(0, y))
  const [i, j] = [u | 0, v | 0]
  const [s, t] = [u - i, v - j]
  const a = (j * width + i) * 3
  const b = a + width * 3
  const [p, q, r, o] = [(1 - s) * (1 - t), s * (1 - t), (1 - s) * t, s * t]
  for (let c = 0; c < 3; c += 1) {
    to[at + c] = pixels[a + c]! * p + pixels[a + c + 3]! * q + pixels[b + c]! * r + pixels[b + c + 3]! * o + 0.5
  }
}
