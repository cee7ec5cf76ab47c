import { expect, test } from 'vitest'
import { inset } from './inset.ts'
import { closeAndOpen, fillHull } from './mask.ts'
import { filled, widestBorder } from './trace.ts'
import { tightestBox } from './turned-box.ts'

/** Same numbers at every run (Park and Miller 1988). */
function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 48271) % 2147483647
    return state / 2147483647
  }
}

/** Blotches and single cells, so that there is something to close, to open and to enclose. */
function blotches(width: number, height: number, seed: number): Uint8Array {
  const next = random(seed)
  const mask = new Uint8Array(width * height)
  for (let k = 0; k < 8; k += 1) {
    const [cx, cy, r] = [next() * width, next() * height, 2 + 0.2 * next() * width]
    for (let i = 0; i < mask.length; i += 1)
      if (Math.hypot((i % width) - cx, Math.floor(i / width) - cy) < r) mask[i] = k % 3 === 2 ? 0 : 1
  }
  return mask.map(v => (next() < 0.04 ? 1 - v : v))
}

const SIZES = [
  [64, 40, 1],
  [97, 61, 2],
  [31, 70, 3],
  [33, 33, 4],
] as const

/** `value` wherever one lies within the square of `radius`: the definition. */
function spread(mask: Uint8Array, width: number, height: number, radius: number, value: number): Uint8Array {
  return mask.map((_, i) => {
    const [x, y] = [i % width, Math.floor(i / width)]
    for (let v = Math.max(0, y - radius); v <= Math.min(height - 1, y + radius); v += 1)
      for (let u = Math.max(0, x - radius); u <= Math.min(width - 1, x + radius); u += 1)
        if (mask[v * width + u] === value) return value
    return 1 - value
  })
}

test.each(SIZES)('closing and opening of %i x %i cells is what its definition says', (width, height, seed) => {
  const mask = blotches(width, height, seed)
  const steps = [1, 0, 0, 1].reduce((m, value) => spread(m, width, height, 2, value), mask)
  closeAndOpen(mask, width, height)
  expect(mask).toEqual(steps)
})

test.each(SIZES)('the inset of %i x %i cells holds what the shortest chain of steps says', (width, height, seed) => {
  const mask = blotches(width, height, seed)
  const far = Float64Array.from(mask, (v, i) => {
    const [x, y] = [i % width, Math.floor(i / width)]
    return v === 1 && x > 0 && y > 0 && x < width - 1 && y < height - 1 ? 1e9 : 0
  })
  for (let again = true; again; ) {
    again = false
    for (let i = 0; i < far.length; i += 1) {
      for (let dy = -2; dy <= 2; dy += 1) {
        for (let dx = -2; dx <= 2; dx += 1) {
          const [x, y] = [(i % width) + dx, Math.floor(i / width) + dy]
          const step = [0, 65536, 91750, 143976][Math.abs(dx) + Math.abs(dy)]
          if (step === undefined || (dx % 2 === 0 && dy % 2 === 0)) continue
          if (x < 0 || y < 0 || x >= width || y >= height) continue
          const way = far[y * width + x]! + step
          if (way < far[i]!) {
            far[i] = way
            again = true
          }
        }
      }
    }
  }
  for (const radius of [1, 2, 5]) {
    expect(inset(mask, width, height, radius)).toEqual(Uint8Array.from(far, v => (v > radius * 65536 ? 1 : 0)))
  }
})

test('the border that encloses most is found, holes and all', () => {
  const [width, height] = [40, 30]
  const mask = new Uint8Array(width * height)
  const paint = (x0: number, y0: number, x1: number, y1: number, value: number) => {
    for (let y = y0; y <= y1; y += 1) mask.fill(value, y * width + x0, y * width + x1 + 1)
  }
  paint(3, 4, 30, 25, 1)
  paint(5, 6, 28, 23, 0)
  paint(10, 10, 20, 20, 1)
  paint(34, 2, 38, 28, 1)
  const border = widestBorder(mask, width, height)!
  expect(border.area).toBe(27 * 21)
  expect(border.points).toHaveLength(2 * (27 + 21))
  expect(filled(border, width, height).reduce((sum, v) => sum + v, 0)).toBe(28 * 22)
})

test('nothing marked has no border, a single cell one of no area', () => {
  const mask = new Uint8Array(100)
  expect(widestBorder(mask, 10, 10)).toBeUndefined()
  mask[55] = 1
  expect(widestBorder(mask, 10, 10)).toEqual({ points: [[5, 5]], area: 0 })
})

test.each([0, 7, -13, 15, 44])('the tightest box of a rectangle turned by %i degrees is that rectangle', degrees => {
  const turn = (degrees * Math.PI) / 180
  const points = Array.from({ length: 400 }, (_, i) => {
    const u = i < 2 ? [0, 100][i]! : i < 4 ? [0, 100][i - 2]! : (i * 37) % 101
    const v = i < 2 ? 0 : i < 4 ? 60 : (i * 53) % 61
    return [200 + u * Math.cos(turn) - v * Math.sin(turn), 150 + u * Math.sin(turn) + v * Math.cos(turn)] as const
  })
  const { size, angle, centre } = tightestBox(points)
  expect([...size].sort((a, b) => b - a).map(Math.round)).toEqual([100, 60])
  expect(Math.abs(Math.sin(2 * (angle - turn)))).toBeLessThan(1e-6)
  expect(centre[0]).toBeCloseTo(200 + 50 * Math.cos(turn) - 30 * Math.sin(turn), 6)
  expect(centre[1]).toBeCloseTo(150 + 50 * Math.sin(turn) + 30 * Math.cos(turn), 6)
})

test('the hull of scattered squares is filled without gaps', () => {
  const [width, height] = [50, 40]
  const mask = new Uint8Array(width * height)
  for (const [x, y] of [
    [5, 5],
    [40, 8],
    [38, 33],
    [8, 30],
  ] as const)
    mask[y * width + x] = 1
  fillHull(mask, width, height)
  expect(mask[20 * width + 24]).toBe(1)
  expect(mask[0]).toBe(0)
  for (let y = 5; y <= 33; y += 1) {
    const row = mask.subarray(y * width, (y + 1) * width)
    expect(row.subarray(row.indexOf(1), row.lastIndexOf(1) + 1)).not.toContain(0)
  }
})
