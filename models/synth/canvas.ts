/** A picture in the making: interleaved RGB light in encoded levels (0..255, may go beyond until it is exposed). */
export interface Canvas {
  readonly width: number
  readonly height: number
  /** width * height * 3. */
  readonly light: Float32Array
}

export function createCanvas(width: number, height: number): Canvas {
  return { width, height, light: new Float32Array(width * height * 3) }
}

/** A part of a picture as coverage 0..1 with its top left corner, drawn apart and then laid on. */
export interface Patch {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly cover: Float32Array
}

/** A patch that reaches `margin` around a rectangle, cut at the picture's border; undefined where nothing is left. */
export function createPatch(
  canvas: Canvas,
  left: number,
  top: number,
  right: number,
  bottom: number,
): Patch | undefined {
  const x = Math.max(0, Math.floor(left))
  const y = Math.max(0, Math.floor(top))
  const width = Math.min(canvas.width, Math.ceil(right) + 1) - x
  const height = Math.min(canvas.height, Math.ceil(bottom) + 1) - y
  if (width <= 0 || height <= 0) return undefined
  return { x, y, width, height, cover: new Float32Array(width * height) }
}

/** Sets coverage to the larger of what is there and a round spot with a soft edge of `soft` px. */
export function stamp(patch: Patch, cx: number, cy: number, radius: number, soft: number, strength = 1): void {
  const reach = radius + soft
  const x0 = Math.max(patch.x, Math.floor(cx - reach))
  const x1 = Math.min(patch.x + patch.width - 1, Math.ceil(cx + reach))
  const y0 = Math.max(patch.y, Math.floor(cy - reach))
  const y1 = Math.min(patch.y + patch.height - 1, Math.ceil(cy + reach))
  for (let y = y0; y <= y1; y += 1) {
    for (let x = x0; x <= x1; x += 1) {
      const distance = Math.hypot(x - cx, y - cy)
      const value = strength * smooth((reach - distance) / (2 * soft))
      const i = (y - patch.y) * patch.width + x - patch.x
      if (value > patch.cover[i]!) patch.cover[i] = value
    }
  }
}

/** Adds light (levels per channel) where the patch covers. */
export function addLight(canvas: Canvas, patch: Patch, levels: readonly [number, number, number]): void {
  eachCovered(canvas, patch, (at, cover) => {
    canvas.light[at]! += levels[0] * cover
    canvas.light[at + 1]! += levels[1] * cover
    canvas.light[at + 2]! += levels[2] * cover
  })
}

/** Multiplies the light by 1 + gain * coverage. */
export function scaleLight(canvas: Canvas, patch: Patch, gain: readonly [number, number, number]): void {
  eachCovered(canvas, patch, (at, cover) => {
    canvas.light[at]! *= 1 + gain[0] * cover
    canvas.light[at + 1]! *= 1 + gain[1] * cover
    canvas.light[at + 2]! *= 1 + gain[2] * cover
  })
}

function eachCovered(canvas: Canvas, patch: Patch, visit: (at: number, cover: number) => void): void {
  for (let y = 0; y < patch.height; y += 1) {
    for (let x = 0; x < patch.width; x += 1) {
      const cover = patch.cover[y * patch.width + x]!
      if (cover > 0) visit(((y + patch.y) * canvas.width + x + patch.x) * 3, cover)
    }
  }
}

/** Box blur of a patch's coverage, twice (near enough to a Gaussian of radius px). */
export function blurPatch(patch: Patch, radius: number): Patch {
  let cover = patch.cover
  for (let pass = 0; pass < 2; pass += 1) {
    cover = boxRows(cover, patch.width, patch.height, radius)
    cover = boxColumns(cover, patch.width, patch.height, radius)
  }
  return { ...patch, cover }
}

function boxRows(from: Float32Array, width: number, height: number, radius: number): Float32Array {
  const to = new Float32Array(from.length)
  for (let y = 0; y < height; y += 1) boxLine(from, to, y * width, 1, width, radius)
  return to
}

function boxColumns(from: Float32Array, width: number, height: number, radius: number): Float32Array {
  const to = new Float32Array(from.length)
  for (let x = 0; x < width; x += 1) boxLine(from, to, x, width, height, radius)
  return to
}

function boxLine(from: Float32Array, to: Float32Array, start: number, step: number, count: number, radius: number) {
  const share = 1 / (2 * radius + 1)
  let sum = 0
  for (let i = -radius; i < count; i += 1) {
    if (i + radius < count) sum += from[start + (i + radius) * step]!
    if (i - radius - 1 >= 0) sum -= from[start + (i - radius - 1) * step]!
    if (i >= 0) to[start + i * step] = sum * share
  }
}

/** Smooth step of t from 0 to 1. */
export function smooth(t: number): number {
  const s = t < 0 ? 0 : Math.min(t, 1)
  return s * s * (3 - 2 * s)
}
