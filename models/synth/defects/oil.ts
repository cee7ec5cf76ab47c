import { createPatch, type Patch, smooth } from '../canvas.ts'
import { createField, sample } from '../noise.ts'
import type { Random } from '../random.ts'

/** How a drop of oil looks: where it is (inside), and the light it throws back (1 = a faint rim; lamps reach 5 and more). */
export interface Oil {
  readonly body: Patch
  readonly glint: Patch
}

/**
 * A drop or film of oil: a smooth union of rounded blobs along a bent line, with the height profile of a liquid
 * (steep at the rim, flat inside). Each lamp of the ring is seen mirrored where the slope turns towards it, as bright arcs
 * inside the rim; the rim itself refracts as a thin line.
 */
export function drawOil(
  canvas: Parameters<typeof createPatch>[0],
  random: Random,
  cx: number,
  cy: number,
  size: number,
): Oil | undefined {
  const pad = 6
  const reach = size / 2 + pad
  const body = createPatch(canvas, cx - reach, cy - reach, cx + reach, cy + reach)
  if (body === undefined) return undefined
  const glint: Patch = { ...body, cover: new Float32Array(body.cover.length) }
  const distance = distances(body, random, cx, cy, size)
  const lamps = drawLamps(random, size)
  const rim = { level: random.uniform(0.25, 1), width: random.uniform(0.7, 2) }
  const sheen = random.uniform(-0.15, 0.6)
  const film = createField(random, body.width, body.height, Math.max(8, size / random.uniform(3, 9)))
  const rimGate = createField(random, body.width, body.height, Math.max(8, size / 5))
  const { width } = body
  for (let y = 1; y < body.height - 1; y += 1) {
    for (let x = 1; x < width - 1; x += 1) {
      const i = y * width + x
      const d = distance[i]!
      if (d > 4) continue
      body.cover[i] = smooth(0.5 - d / 2)
      const dx = distance[i + 1]! - distance[i - 1]!
      const dy = distance[i + width]! - distance[i - width]!
      const gate = 0.6 + 0.5 * sample(rimGate, x, y)
      let light = rim.level * Math.max(0.15, gate) * Math.exp(-((d / rim.width) ** 2))
      if (d < 1) {
        const azimuth = Math.atan2(dy, dx)
        for (const lamp of lamps) light += lamp.light(-d, azimuth)
        light += sheen * body.cover[i]! * (0.5 + 0.35 * sample(film, x, y))
      }
      glint.cover[i] = light
    }
  }
  return { body, glint }
}

interface Lamp {
  /** Light seen at a depth inside the outline (px) where the slope points to the azimuth. */
  light(depth: number, azimuth: number): number
}

/** Two to six bars of the ring light; each has its azimuth, its length and the slope (so the depth) where it is mirrored. */
function drawLamps(random: Random, size: number): Lamp[] {
  const meniscus = Math.min(size * random.uniform(0.08, 0.3), 60)
  return Array.from({ length: random.integer(2, 6) }, () => {
    const azimuth = random.uniform(-Math.PI, Math.PI)
    const length = random.uniform(0.12, 0.9)
    const depth = meniscus * random.uniform(0.05, 0.95)
    const thick = Math.max(0.8, Math.min(size / 14, random.uniform(0.9, 4)))
    const power = random.logUniform(0.8, 7)
    return {
      light(at: number, seen: number) {
        const off = Math.abs(Math.atan2(Math.sin(seen - azimuth), Math.cos(seen - azimuth)))
        if (off > length * 1.3) return 0
        return power * smooth((length * 1.3 - off) / (length * 0.3)) * Math.exp(-(((at - depth) / thick) ** 2))
      },
    }
  })
}

/** Signed distance to the outline (negative inside) for every px of the patch, scaled so that the extent is `size`. */
function distances(patch: Patch, random: Random, cx: number, cy: number, size: number): Float32Array {
  const blobs = drawBlobs(random)
  const left = Math.min(...blobs.map(b => b.x - b.r))
  const right = Math.max(...blobs.map(b => b.x + b.r))
  const top = Math.min(...blobs.map(b => b.y - b.r))
  const low = Math.max(...blobs.map(b => b.y + b.r))
  const scale = size / Math.max(right - left, low - top)
  const wobble = createField(random, patch.width, patch.height, Math.max(6, size / 3))
  const wave = size * random.uniform(0, 0.03)
  const melt = random.uniform(0.15, 0.5)
  const out = new Float32Array(patch.cover.length)
  for (let y = 0; y < patch.height; y += 1) {
    for (let x = 0; x < patch.width; x += 1) {
      const u = (x + patch.x - cx) / scale + (left + right) / 2
      const v = (y + patch.y - cy) / scale + (top + low) / 2
      let d = Number.POSITIVE_INFINITY
      for (const b of blobs) d = softMin(d, Math.hypot(u - b.x, v - b.y) - b.r, melt)
      out[y * patch.width + x] =
        d * scale + 0.12 * melt * scale * (blobs.length > 1 ? 1 : 0) + wave * sample(wobble, x, y)
    }
  }
  return out
}

function drawBlobs(random: Random) {
  const count = random.pick([1, 1, 2, 3, 4, 5])
  let heading = random.uniform(0, 2 * Math.PI)
  let x = 0
  let y = 0
  return Array.from({ length: count }, () => {
    const blob = { x, y, r: random.uniform(0.5, 1) }
    heading += random.normal(0, 0.7)
    const step = random.uniform(0.4, 1)
    x += step * Math.cos(heading)
    y += step * Math.sin(heading)
    return blob
  })
}

/** Polynomial smooth minimum. */
function softMin(a: number, b: number, k: number): number {
  if (a === Number.POSITIVE_INFINITY) return b
  const h = Math.max(k - Math.abs(a - b), 0) / k
  return Math.min(a, b) - (h * h * k) / 4
}
