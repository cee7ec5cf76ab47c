import { expect, test } from 'vitest'
import type { Features } from '../part/face.ts'
import { findOnPart } from '../part/find-on-part.ts'
import { unpack } from '../part/guard.ts'
import type { Picture } from '../picture.ts'
import { scaleFor, seeFace, teachPart } from './teach-part.ts'

const [WIDTH, HEIGHT] = [208, 160]

/** Features that need no network: light, slopes and the extremes of each cell of 16 px. */
const features: Features = {
  id: 'toy@1',
  stride: 16,
  channels: 5,
  multiple: 16,
  async run(pixels, width, height) {
    const [columns, rows] = [width / 16, height / 16]
    const values = new Float32Array(5 * rows * columns)
    const grey = (x: number, y: number) => pixels[(y * width + x) * 3]!
    for (let v = 0; v < rows; v += 1) {
      for (let u = 0; u < columns; u += 1) {
        let [sum, across, along, least, most] = [0, 0, 0, 255, 0]
        for (let y = 16 * v; y < 16 * v + 15; y += 1) {
          for (let x = 16 * u; x < 16 * u + 15; x += 1) {
            const g = grey(x, y)
            sum += g
            across += Math.abs(grey(x + 1, y) - g)
            along += Math.abs(grey(x, y + 1) - g)
            least = Math.min(least, g)
            most = Math.max(most, g)
          }
        }
        const at = v * columns + u
        for (const [k, value] of [sum / 225, across / 225, along / 225, least, most].entries())
          values[k * rows * columns + at] = value
      }
    }
    return { values, rows, columns }
  },
}

/** A ground face: grain along one way, a light of its own, and what `spoil` adds (levels). */
function part(seed: number, spoil: (x: number, y: number) => number = () => 0): Picture {
  let state = seed * 7919 + 1
  const next = () => {
    state = (state * 48271) % 2147483647
    return state / 2147483647
  }
  const rows = Array.from({ length: HEIGHT }, () => 8 * (next() - 0.5))
  const level = 90 + 40 * next()
  const pixels = new Uint8Array(WIDTH * HEIGHT * 3)
  for (let y = 0; y < HEIGHT; y += 1) {
    for (let x = 0; x < WIDTH; x += 1) {
      const value = level + rows[y]! + 6 * (next() - 0.5) + spoil(x, y)
      pixels.fill(Math.max(0, Math.min(255, value)), (y * WIDTH + x) * 3, (y * WIDTH + x) * 3 + 3)
    }
  }
  return { width: WIDTH, height: HEIGHT, pixels }
}

const hole = (x: number, y: number) => (Math.hypot(x - 120, y - 70) < 5 ? -70 : 0)
const crack = (x: number, y: number) => (x > 40 && x < 90 && Math.abs(y - 40 - 0.6 * (x - 40)) < 1.2 ? -45 : 0)
const uneven = (x: number, y: number) => 14 * Math.sin(x / 23) * Math.cos(y / 31)

async function taught(count: number) {
  const faces = []
  for (let i = 0; i < count; i += 1) faces.push(await seeFace(features, part(i), 1))
  return teachPart(faces, 'toy', 1, 0.05)
}

test('parts with a hole, a crack and uneven grinding score over every good part that was not taught', async () => {
  const { guard, refused } = await taught(24)
  expect(refused).toBeLessThanOrEqual(1)
  const views = unpack(guard)
  const judge = async (picture: Picture) => {
    const found = await findOnPart(features, views, guard, picture)
    return Math.max(...found.map(f => f.score))
  }
  const good: number[] = []
  for (let i = 100; i < 112; i += 1) good.push(await judge(part(i)))
  for (const spoil of [hole, crack, uneven]) expect(await judge(part(200, spoil))).toBeGreaterThan(Math.max(...good))
  expect(good.filter(score => score >= 0.5).length).toBeLessThanOrEqual(3)
})

test('the strangest place is where the hole is', async () => {
  const { guard } = await taught(24)
  const found = await findOnPart(features, unpack(guard), guard, part(300, hole))
  const [x, y, w, h] = found.toSorted((a, b) => b.score - a.score)[0]!.bbox
  expect(x <= 120 && 120 <= x + w && y <= 70 && 70 <= y + h).toBe(true)
})

test('a recipe written and read judges as the one in memory, to the last digit', async () => {
  const { guard } = await taught(12)
  const read = JSON.parse(JSON.stringify(guard)) as typeof guard
  const picture = part(500, crack)
  expect(await findOnPart(features, unpack(read), read, picture)).toEqual(
    await findOnPart(features, unpack(guard), guard, picture),
  )
})

test('large parts are reduced, small ones are not', () => {
  expect(scaleFor([{ width: 300, height: 300 }])).toBe(1)
  expect(scaleFor([{ width: 4000, height: 4000 }])).toBeCloseTo(0.158, 3)
})
