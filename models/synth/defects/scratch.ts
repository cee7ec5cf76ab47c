import { createPatch, type Patch, stamp } from '../canvas.ts'
import type { Random } from '../random.ts'
import type { Shape } from './shape.ts'

/**
 * A scratch: a bent line of changing width whose flanks glitter: its brightness jumps along the way, it frays into
 * chips, and it thins out at the ends.
 */
export const scratchShape: Shape = (canvas, random, cx, cy, size, thick) => {
  const path = bentPath(random, cx, cy, size)
  const width = thick ?? Math.min(random.logUniform(0.7, 8), 0.8 + size / 25)
  const pad = width * 4 + 6
  const patch = createPatch(
    canvas,
    Math.min(...path.map(p => p[0])) - pad,
    Math.min(...path.map(p => p[1])) - pad,
    Math.max(...path.map(p => p[0])) + pad,
    Math.max(...path.map(p => p[1])) + pad,
  )
  if (patch === undefined) return undefined
  drawGroove(patch, random, path, width)
  return patch
}

type Path = readonly (readonly [number, number])[]

/** Points half a px apart along a gently turning line, centred at cx, cy. */
function bentPath(random: Random, cx: number, cy: number, length: number): Path {
  const steps = Math.max(6, Math.round(length * 2))
  let heading = random.uniform(0, 2 * Math.PI)
  let turn = random.normal(0, 1.1) / steps
  const jitter = random.chance(0.25) ? 0.02 : 0.004
  const points: [number, number][] = [[0, 0]]
  for (let i = 1; i < steps; i += 1) {
    turn += random.normal(0, 0.6) / steps / Math.sqrt(steps)
    if (random.chance(1.2 / steps)) turn = random.normal(0, 1.5) / steps
    heading += turn + random.normal(0, jitter)
    const [x, y] = points[i - 1]!
    points.push([x + 0.5 * Math.cos(heading), y + 0.5 * Math.sin(heading)])
  }
  const mx = (Math.min(...points.map(p => p[0])) + Math.max(...points.map(p => p[0]))) / 2
  const my = (Math.min(...points.map(p => p[1])) + Math.max(...points.map(p => p[1]))) / 2
  return points.map(([x, y]) => [x - mx + cx, y - my + cy] as const)
}

function drawGroove(patch: Patch, random: Random, path: Path, width: number): void {
  const taper = random.uniform(0.02, 0.2)
  const fray = random.uniform(0, 0.08)
  const swell = random.uniform(0.05, 0.5)
  const phase = random.uniform(0, 6)
  const gaps = random.chance(0.3) ? random.uniform(0.3, 0.8) : 0
  let glitter = 1
  let radius = 1
  path.forEach(([x, y], i) => {
    const t = i / (path.length - 1)
    const ends = Math.min(1, Math.min(t, 1 - t) / taper)
    glitter = 0.9 * glitter + 0.1 * random.uniform(0.4, 1.25)
    radius = 0.85 * radius + 0.15 * random.uniform(0.55, 1.5)
    const pressure = 1 - swell + swell * Math.sin(phase + t * 5) ** 2
    const gap = gaps > 0 && Math.sin(phase * 3 + t * 23) > gaps ? 0.25 : 1
    stamp(
      patch,
      x,
      y,
      (0.35 + 0.65 * ends) * radius * width * 0.5,
      0.9,
      (0.35 + 0.65 * ends) * glitter * pressure * gap,
    )
    if (random.chance(fray)) {
      stamp(
        patch,
        x + random.normal(0, width),
        y + random.normal(0, width),
        random.uniform(0.2, 0.9) * width,
        0.9,
        random.uniform(0.3, 0.9),
      )
    }
  })
}
