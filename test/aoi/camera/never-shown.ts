import type { Flaw } from '../panel.ts'
import type { Dice } from './dice.ts'
import { rasterise, type Stamp, throughLens } from './stamp.ts'
import { onScreen, type View } from './view.ts'

type Frame = { readonly width: number; readonly height: number }

/** Image sticking: the ghost of a window that stood there for long. */
export function sticking(frame: Frame, view: View, dice: Dice, { size }: Flaw, x: number, y: number): Stamp {
  const [u0, v0] = onScreen(view, x, y)
  const [w, h] = [size / 2, (size / 2) * dice.between([0.3, 0.8])]
  const seen = rasterise(frame, [x - size, y - size, x + size, y + size], 2, (px, py) => {
    const [u, v] = onScreen(view, px, py)
    return Math.abs(u - u0) < w && Math.abs(v - v0) < h ? 1 : 0
  })
  return throughLens(seen, view.psf)
}

/** Newton's rings: two sheets touch; the rings grow narrower outwards. */
export function rings(frame: Frame, dice: Dice, { size }: Flaw, x: number, y: number): Stamp {
  const radius = size / 2
  const orders = dice.between([2, 5])
  return rasterise(frame, [x - size, y - size, x + size, y + size], 1, (px, py) => {
    const r = ((px - x) ** 2 + (py - y) ** 2) / radius ** 2
    return r > 3 ? 0 : Math.cos(2 * Math.PI * orders * r) * Math.exp(-1.2 * r)
  })
}

/** A bubble under the polariser: a lens with a bright rim and a shadow on one side. */
export function bubble(frame: Frame, view: View, dice: Dice, { size }: Flaw, x: number, y: number): Stamp {
  const radius = Math.min(size, 40) / 2
  const way = dice.between([0, 2 * Math.PI])
  const seen = rasterise(frame, [x - radius - 8, y - radius - 8, x + radius + 8, y + radius + 8], 2, (px, py) => {
    const d = Math.hypot(px - x, py - y)
    if (d > radius) return 0
    const lean = ((px - x) * Math.cos(way) + (py - y) * Math.sin(way)) / radius
    return d > radius - 2 ? 1 : 0.6 * lean
  })
  return throughLens(seen, view.psf)
}

/** Pinholes: a handful of points, each a quarter to a half of a pixel's light. */
export function pinholes(frame: Frame, view: View, dice: Dice, _: Flaw, x: number, y: number): Stamp {
  const points = Array.from({ length: 8 }, () => [x + dice.gauss() * 14, y + dice.gauss() * 14])
  const seen = rasterise(frame, [x - 60, y - 60, x + 60, y + 60], 3, (px, py) =>
    points.some(([a, b]) => Math.hypot(px - a!, py - b!) < 0.7) ? 1 : 0,
  )
  return throughLens(seen, view.psf)
}
