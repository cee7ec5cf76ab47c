import { quantile } from '../picture.ts'
import { solve } from './flat-field.ts'
import { createSpectrum } from './fourier.ts'
import type { Spans } from './lit.ts'

/** Cells of a square that is looked at for gratings, and of a block that a wave is followed by. */
const SIDE = 128
const BLOCK = 16
/** Gratings removed at most: the beat along each way, and one more. */
const MOST_WAVES = 3
/** A grating stands out of the spectrum's floor, and of what is beside it (a line is a ridge, not a peak). */
const OVER_FLOOR = 40
const OVER_BESIDE = 8
/** Times that the bend is fitted: where it was far off, the amplitudes of the next round are truer. */
const BEND_ROUNDS = 2
/** Places of the spectrum that a bent grating strays by, and the share of the strongest square's power that each must have. */
const ASIDE = 3
const LEAST_SHARE = 0.1
/** Slower than this (periods a square) is mura's matter. */
const SLOWEST = 3

/** A wave, in radians a cell; `xx`, `xy`, `yy` are by how much those change a cell: the lens bends it. */
interface Wave {
  readonly x: number
  readonly y: number
  readonly xx: number
  readonly xy: number
  readonly yy: number
}

/**
 * Takes moiré out of a map, in place: gratings that fill the picture with one frequency, while a defect has many. Each is
 * followed block by block, so that it may bend and swell. Gives the number of gratings found.
 */
export function removeMoire(off: Float32Array, width: number, height: number, spans: Spans): number {
  if (width < SIDE || height < SIDE) return 0
  let found = 0
  while (found < MOST_WAVES) {
    const wave = findWave(off, width, height)
    if (wave === undefined) break
    let bent = wave
    for (let round = 0; round < BEND_ROUNDS; round += 1)
      bent = bend(demodulate(off, width, height, bent, spans, 2), bent)
    subtract(off, width, height, bent, spans)
    found += 1
  }
  return found
}

function findWave(off: Float32Array, width: number, height: number): Wave | undefined {
  const spectrum = createSpectrum(SIDE)
  const places = [0.12, 0.5, 0.88].map(share => Math.floor(share * (width - SIDE)))
  const windows: Float64Array[] = []
  places.forEach((left, i) => {
    const before = spectrum.power.slice()
    spectrum.add(off, width, left, Math.floor((i % 2 === 0 ? 0.3 : 0.7) * (height - SIDE)))
    windows.push(spectrum.power.map((v, k) => v - before[k]!))
  })
  const { power } = spectrum
  const floor = quantile(power, 0.5)
  let best = SLOWEST
  for (let u = 0; u <= SIDE / 2; u += 1) {
    for (let v = 0; v < SIDE; v += 1) {
      const b = v > SIDE / 2 ? v - SIDE : v
      if (power[u * SIDE + v]! > power[best]! && u * u + b * b >= SLOWEST ** 2) best = u * SIDE + v
    }
  }
  const [u, v] = [Math.floor(best / SIDE), best % SIDE]
  const at = reader(power)
  if (at(u, v) < OVER_FLOOR * floor || at(u, v) < OVER_BESIDE * beside(at, u, v)) return undefined
  if (!isEverywhere(windows, u, v)) return undefined
  const turn = (2 * Math.PI) / SIDE
  const fu = u + vertex(at(u - 1, v), at(u, v), at(u + 1, v))
  const fv = v + vertex(at(u, v - 1), at(u, v), at(u, v + 1))
  return { x: fu * turn, y: (fv > SIDE / 2 ? fv - SIDE : fv) * turn, xx: 0, xy: 0, yy: 0 }
}

/** Where a parabola through the logarithms of three neighbours has its top, -0.5..0.5 from the middle one. */
function vertex(before: number, here: number, after: number): number {
  const [a, b, c] = [Math.log(before + 1e-30), Math.log(here + 1e-30), Math.log(after + 1e-30)]
  const bend = a - 2 * b + c
  return bend === 0 ? 0 : Math.max(-0.5, Math.min(0.5, (0.5 * (a - c)) / bend))
}

type Power = (u: number, v: number) => number

/** Power at any frequency: of a real map (u, v) and (-u, -v) are one. */
function reader(power: Float64Array): Power {
  const wrap = (i: number) => ((i % SIDE) + SIDE) % SIDE
  return (u, v) => {
    const i = wrap(u)
    return i <= SIDE / 2 ? power[i * SIDE + wrap(v)]! : power[(SIDE - i) * SIDE + wrap(-v)]!
  }
}

/** Does each square have the grating, though its peak may lie a little aside? A curtain is striped too, but hangs in one place. */
function isEverywhere(windows: readonly Float64Array[], u: number, v: number): boolean {
  const peaks = windows.map(power => {
    const at = reader(power)
    let most = 0
    for (let i = -ASIDE; i <= ASIDE; i += 1)
      for (let j = -ASIDE; j <= ASIDE; j += 1) most = Math.max(most, at(u + i, v + j))
    return most
  })
  return Math.min(...peaks) > LEAST_SHARE * Math.max(...peaks)
}

/** Highest mean power of the four arms of a cross around a peak: a ridge is high along one of them. */
function beside(at: Power, u: number, v: number): number {
  let most = 0
  for (const [i, j] of [
    [1, 0],
    [0, 1],
    [1, 1],
    [1, -1],
  ] as const) {
    let sum = 0
    for (const d of [5, 6, 7, 8]) sum += at(u + i * d, v + j * d) + at(u - i * d, v - j * d)
    most = Math.max(most, sum / 8)
  }
  return most
}

/** Complex amplitude of a wave by blocks. */
interface Blocks {
  readonly columns: number
  readonly rows: number
  readonly re: Float64Array
  readonly im: Float64Array
}

/** Amplitude block by block, smoothed over 5 x 5; of every `every`th row. */
function demodulate(off: Float32Array, width: number, height: number, wave: Wave, spans: Spans, every = 1): Blocks {
  const columns = Math.ceil(width / BLOCK)
  const rows = Math.ceil(height / BLOCK)
  const re = new Float64Array(columns * rows)
  const im = new Float64Array(columns * rows)
  const counts = new Float64Array(columns * rows)
  // A defect far beyond any moiré must not ring.
  const most = 4 * quantile(off, 0.8) + 0.01
  for (let y = 0; y < height; y += every) {
    const line = Math.floor(y / BLOCK) * columns
    let { c, s, stepC, stepS, bendC, bendS } = along(wave, spans.first[y]!, y)
    for (let x = spans.first[y]!; x < spans.last[y]!; x += 1) {
      const v = off[y * width + x]!
      if (v < most && v > -most) {
        const at = line + (x >> 4)
        re[at]! += v * c
        im[at]! += v * s
        counts[at]! += 0.5
      }
      // One cell on: two complex products instead of a sine.
      const next = c * stepC - s * stepS
      s = s * stepC + c * stepS
      c = next
      const step = stepC * bendC - stepS * bendS
      stepS = stepS * bendC + stepC * bendS
      stepC = step
    }
  }
  return { columns, rows, re: over(re, counts, columns, rows), im: over(im, counts, columns, rows) }
}

/** Subtracts the wave that the amplitudes make. */
function subtract(off: Float32Array, width: number, height: number, wave: Wave, spans: Spans): void {
  const { columns, rows, re, im } = demodulate(off, width, height, wave, spans)
  const [lineA, lineB] = [new Float64Array(width), new Float64Array(width)]
  for (let y = 0; y < height; y += 1) {
    fillLine(lineA, re, columns, rows, y)
    fillLine(lineB, im, columns, rows, y)
    let { c, s, stepC, stepS, bendC, bendS } = along(wave, spans.first[y]!, y)
    for (let x = spans.first[y]!; x < spans.last[y]!; x += 1) {
      off[y * width + x]! -= lineA[x]! * c + lineB[x]! * s
      const next = c * stepC - s * stepS
      s = s * stepC + c * stepS
      c = next
      const step = stepC * bendC - stepS * bendS
      stepS = stepS * bendC + stepC * bendS
      stepC = step
    }
  }
}

/** Cosine and sine of a wave's phase along a row, its step, and how the step turns. */
interface Turn {
  readonly c: number
  readonly s: number
  readonly stepC: number
  readonly stepS: number
  readonly bendC: number
  readonly bendS: number
}

function along({ x: wx, y: wy, xx, xy, yy }: Wave, x: number, y: number): Turn {
  const phase = wx * x + wy * y + 0.5 * (xx * x * x + yy * y * y) + xy * x * y
  const step = wx + xy * y + xx * (x + 0.5)
  return {
    c: Math.cos(phase),
    s: Math.sin(phase),
    stepC: Math.cos(step),
    stepS: Math.sin(step),
    bendC: Math.cos(xx),
    bendS: Math.sin(xx),
  }
}

/**
 * The wave with the bend that its amplitudes show: where the lens distorts, their phase turns from block to block. The turns across and down are
 * linear in the place (a phase of the second degree), fitted by least squares, each weighed by its power.
 */
function bend({ columns, rows, re, im }: Blocks, wave: Wave): Wave {
  const normal = new Float64Array(25)
  const right = new Float64Array(5)
  const add = (row: readonly number[], turn: number, weight: number) => {
    for (let a = 0; a < 5; a += 1) {
      right[a]! += weight * row[a]! * turn
      for (let b = a; b < 5; b += 1) normal[a * 5 + b]! += weight * row[a]! * row[b]!
    }
  }
  for (let j = 0; j < rows; j += 1) {
    for (let i = 0; i < columns; i += 1) {
      const at = j * columns + i
      // Unknowns: step across and its change across; change of both across the other; step down and its change.
      if (i + 1 < columns) {
        const [turn, power] = between(re, im, at, at + 1)
        add([1, (i + 1) * BLOCK, (j + 0.5) * BLOCK, 0, 0], turn / BLOCK, power)
      }
      if (j + 1 < rows) {
        const [turn, power] = between(re, im, at, at + columns)
        add([0, 0, (i + 0.5) * BLOCK, 1, (j + 1) * BLOCK], turn / BLOCK, power)
      }
    }
  }
  const [x, xx, xy, y, yy] = solve(normal, right, 5) as unknown as [number, number, number, number, number]
  return { x: wave.x + x, y: wave.y + y, xx: wave.xx + xx, xy: wave.xy + xy, yy: wave.yy + yy }
}

/** Turn of the wave's phase from a block to another, radians, and its weight. */
function between(re: Float64Array, im: Float64Array, a: number, b: number): [number, number] {
  // Amplitudes (re, im) stand for re cos + im sin = |A| cos(phase - atan2(im, re)): the phase runs against their angle.
  const dot = re[a]! * re[b]! + im[a]! * im[b]!
  const cross = im[a]! * re[b]! - re[a]! * im[b]!
  return [Math.atan2(cross, dot), Math.hypot(dot, cross)]
}

const TENT = [1, 2, 3, 2, 1]

function over(sums: Float64Array, counts: Float64Array, columns: number, rows: number): Float64Array {
  const out = new Float64Array(sums.length)
  for (let y = 0; y < rows; y += 1) {
    for (let x = 0; x < columns; x += 1) {
      let [sum, count] = [0, 0]
      for (let j = -2; j <= 2; j += 1) {
        for (let i = -2; i <= 2; i += 1) {
          if (x + i < 0 || y + j < 0 || x + i >= columns || y + j >= rows) continue
          const weight = TENT[i + 2]! * TENT[j + 2]!
          sum += weight * sums[(y + j) * columns + x + i]!
          count += weight * counts[(y + j) * columns + x + i]!
        }
      }
      out[y * columns + x] = count === 0 ? 0 : sum / count
    }
  }
  return out
}

/** One row of cells between the block centres, interpolated. */
function fillLine(line: Float64Array, blocks: Float64Array, columns: number, rows: number, y: number): void {
  const v = Math.min(rows - 1, Math.max(0, (y + 0.5) / BLOCK - 0.5))
  const j = Math.min(Math.max(0, rows - 2), Math.floor(v))
  const t = rows < 2 ? 0 : v - j
  const under = rows < 2 ? 0 : columns
  for (let x = 0; x < line.length; x += 1) {
    const u = Math.min(columns - 1, Math.max(0, (x + 0.5) / BLOCK - 0.5))
    const i = Math.min(Math.max(0, columns - 2), u | 0)
    const s = u - i
    const at = j * columns + i
    const right = Math.min(1, columns - 1)
    const top = blocks[at]! * (1 - s) + blocks[at + right]! * s
    line[x] = top * (1 - t) + (blocks[at + under]! * (1 - s) + blocks[at + under + right]! * s) * t
  }
}
