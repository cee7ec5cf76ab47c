import type { Flaw } from '../panel.ts'
import type { Dice } from './dice.ts'
import { rasterise, type Stamp, throughLens } from './stamp.ts'
import { onScreen, type View } from './view.ts'

type Frame = { readonly width: number; readonly height: number }
const FINE = 4

/** A square of the display that does not light: `side` px wide, along the screen's axes, seen through the lens. */
export function deadPixel(frame: Frame, view: View, side: number, x: number, y: number): Stamp {
  const [u0, v0] = onScreen(view, x, y)
  const reach = side + 5
  const seen = rasterise(frame, [x - reach, y - reach, x + reach, y + reach], FINE, (px, py) => {
    const [u, v] = onScreen(view, px, py)
    return Math.abs(u - u0) < side / 2 && Math.abs(v - v0) < side / 2 ? 1 : 0
  })
  return throughLens(seen, view.psf)
}

/** A row or column of the display from edge to edge: turned as the panel is. */
export function line(frame: Frame, view: View, vertical: boolean, thick: number, x: number, y: number): Stamp {
  const at = onScreen(view, x, y)[vertical ? 0 : 1]
  const half = (thick * view.pitch) / 2
  const reach = half + 5
  const slant = Math.abs(view.sin) * (vertical ? view.halfHigh : view.halfWide)
  const box = vertical
    ? ([x - slant * 2 - reach, 0, x + slant * 2 + reach, frame.height] as const)
    : ([0, y - slant * 2 - reach, frame.width, y + slant * 2 + reach] as const)
  const seen = rasterise(frame, box, FINE, (px, py) =>
    Math.abs(onScreen(view, px, py)[vertical ? 0 : 1] - at) < half ? 1 : 0,
  )
  return throughLens(seen, view.psf)
}

type Points = readonly (readonly [number, number])[]

/** Straight strokes with kinks between them: length along the whole way is about `size`. */
function strokes(dice: Dice, x: number, y: number, size: number, count: number): Points {
  let heading = dice.between([0, 2 * Math.PI])
  const out: [number, number][] = [[0, 0]]
  for (let i = 0; i < count; i += 1) {
    const [a, b] = out[i]!
    out.push([a + (Math.cos(heading) * size) / count, b + (Math.sin(heading) * size) / count])
    heading += dice.gauss() * 0.25
  }
  const [mx, my] = [out.reduce((s, p) => s + p[0], 0) / out.length, out.reduce((s, p) => s + p[1], 0) / out.length]
  return out.map(([a, b]) => [a - mx + x, b - my + y] as const)
}

function distanceTo(points: Points, x: number, y: number): number {
  let least = Number.POSITIVE_INFINITY
  for (let i = 1; i < points.length; i += 1) {
    const [ax, ay] = points[i - 1]!
    const [bx, by] = points[i]!
    const [dx, dy] = [bx - ax, by - ay]
    const t = Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy)))
    const d = (x - ax - t * dx) ** 2 + (y - ay - t * dy) ** 2
    if (d < least) least = d
  }
  return Math.sqrt(least)
}

function alongPath(frame: Frame, view: View, paths: readonly Points[], thick: number): Stamp {
  const all = paths.flat()
  const pad = thick + 5
  const box = [
    Math.min(...all.map(p => p[0])) - pad,
    Math.min(...all.map(p => p[1])) - pad,
    Math.max(...all.map(p => p[0])) + pad,
    Math.max(...all.map(p => p[1])) + pad,
  ] as const
  const seen = rasterise(frame, box, 3, (x, y) => (paths.some(p => distanceTo(p, x, y) < thick / 2) ? 1 : 0))
  return throughLens(seen, view.psf)
}

/** A groove of one depth: a band of even width along a kinked line. */
export function scratch(frame: Frame, view: View, dice: Dice, { size, thick }: Flaw, x: number, y: number): Stamp {
  return alongPath(frame, view, [strokes(dice, x, y, size, 1 + Math.floor(size / 60))], thick)
}

/** A crack: a fine line with branches. */
export function crack(frame: Frame, view: View, dice: Dice, { size }: Flaw, x: number, y: number): Stamp {
  const trunk = strokes(dice, x, y, size, 4)
  const branches = [1, 2, 3].map(i => {
    const [bx, by] = trunk[i]!
    const heading = dice.between([0, 2 * Math.PI])
    const reach = size * dice.between([0.2, 0.5])
    return [trunk[i]!, [bx + reach * Math.cos(heading), by + reach * Math.sin(heading)] as const]
  })
  return alongPath(frame, view, [trunk, ...branches], 1.3)
}

/** Dried matter: a few discs run together, denser in places, its edge one or two px soft. Area about that of a disc of `size`. */
export function stain(frame: Frame, view: View, dice: Dice, { size }: Flaw, x: number, y: number): Stamp {
  const radius = size / 2
  const discs = [[x, y, radius * 0.85] as const].concat(
    Array.from({ length: 3 }, () => {
      const way = dice.between([0, 2 * Math.PI])
      return [x + Math.cos(way) * radius * 0.5, y + Math.sin(way) * radius * 0.5, radius * dice.between([0.45, 0.65])]
    }),
  )
  const soft = dice.between([0.3, 1])
  const [ga, gb, gk] = [dice.between([0, 6]), dice.between([0, 6]), dice.between([0, 0.2])]
  const reach = size + 6
  const seen = rasterise(frame, [x - reach, y - reach, x + reach, y + reach], 2, (px, py) => {
    const depth = Math.max(...discs.map(([a, b, r]) => r - Math.hypot(px - a, py - b)))
    const edge = Math.max(0, Math.min(1, 0.5 + depth / (2 * soft)))
    return edge * (1 + gk * Math.sin((4 * (px - x)) / size + ga) * Math.cos((4 * (py - y)) / size + gb))
  })
  return throughLens(seen, view.psf)
}

/** A drop: dark at its rim, where light is bent away, and dim or brighter inside. The share may have both signs. */
export function oil(frame: Frame, view: View, dice: Dice, { size }: Flaw, x: number, y: number): Stamp {
  const [flat, turn, power] = [dice.between([0.65, 1]), dice.between([0, Math.PI]), dice.between([2, 2.8])]
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)]
  const inner = dice.one([0.6, -0.5])
  const rim = Math.max(1.5, size * dice.between([0.06, 0.12]))
  const reach = size / 2 / flat + 8
  const seen = rasterise(frame, [x - reach, y - reach, x + reach, y + reach], 2, (px, py) => {
    const a = Math.abs((px - x) * cos + (py - y) * sin) * flat ** 0.5
    const b = Math.abs((py - y) * cos - (px - x) * sin) / flat ** 0.5
    const depth = size / 2 - (a ** power + b ** power) ** (1 / power)
    if (depth < -0.5) return 0
    return depth < rim ? Math.min(1, depth + 0.5) : inner
  })
  return throughLens(seen, view.psf)
}
