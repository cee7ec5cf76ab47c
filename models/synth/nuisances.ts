import { type Canvas, smooth } from './canvas.ts'
import { createField, sampleRow } from './noise.ts'
import type { Random } from './random.ts'
import { type Nuisance, PATTERN_SETTINGS, type PatternSettings, type Range } from './types.ts'

/** What the optics and the sensor do to any picture; light may be encoded levels or linear, both 0..255. */
export function applyNuisances(
  canvas: Canvas,
  random: Random,
  wanted: readonly Nuisance[],
  asked: Pick<PatternSettings, 'noise' | 'softness' | 'reflection'> & Partial<PatternSettings>,
): void {
  const ranges = { ...PATTERN_SETTINGS, ...asked }
  const has = (name: Nuisance) => wanted.includes(name)
  if (has('moire')) addMoire(canvas, random.fork('moire'), ranges.moireAmplitude, ranges.moirePeriod)
  if (has('reflection')) addReflection(canvas, random.fork('reflection'), ranges.reflection)
  if (has('lens_dust')) addLensDust(canvas, random.fork('lens dust'), ranges.lensDust)
  if (has('vignetting') || has('gain_drift')) {
    shade(
      canvas,
      random.fork('shade'),
      has('vignetting') ? ranges.vignetting : undefined,
      has('gain_drift') ? ranges : undefined,
    )
  }
  const noise = has('noise') ? random.fork('noise level').uniform(...ranges.noise) : 0
  if (noise > 0) addNoise(canvas, random.fork('noise before the optics'), noise * 1.5)
  if (has('blur')) blur(canvas, random.fork('blur').uniform(...ranges.softness))
  if (noise > 0) addNoise(canvas, random.fork('noise after'), noise * 0.4)
}

/** 8-bit levels of light. */
export function expose(canvas: Canvas): Uint8Array {
  const out = new Uint8ClampedArray(canvas.light.length)
  for (let i = 0; i < out.length; i += 1) out[i] = canvas.light[i]!
  return new Uint8Array(out.buffer)
}

/** Beat of the display's and the sensor's grids: any angle, a little apart per colour. */
function addMoire(canvas: Canvas, random: Random, amplitudes: Range, periods: Range): void {
  const amplitude = random.uniform(...amplitudes)
  const period = random.logUniform(...periods)
  const angle = random.uniform(0, Math.PI)
  const fx = (2 * Math.PI * Math.cos(angle)) / period
  const fy = (2 * Math.PI * Math.sin(angle)) / period
  const shift = random.uniform(0, 0.8)
  const wave = Float32Array.from({ length: 1024 }, (_, i) => amplitude * Math.sin((2 * Math.PI * i) / 1024))
  const bend = createField(random, canvas.width, canvas.height, 500)
  const row = new Float32Array(canvas.width)
  for (let y = 0; y < canvas.height; y += 1) {
    sampleRow(bend, y, row)
    for (let x = 0; x < canvas.width; x += 1) {
      const phase = fx * x + fy * y + row[x]!
      const at = (y * canvas.width + x) * 3
      for (let c = 0; c < 3; c += 1) canvas.light[at + c]! *= 1 + wave[((phase + c * shift) * 162.9746617) & 1023]!
    }
  }
}

/** Light of the scene itself mirrored in the cover glass: a wide soft glow, a share of the mean light. */
function addReflection(canvas: Canvas, random: Random, share: Range): void {
  const mean = meanLight(canvas)
  const count = random.integer(1, 2)
  for (let i = 0; i < count; i += 1) {
    const radius = random.uniform(0.2, 0.45) * canvas.width
    const level = mean * random.uniform(...share)
    eachAround(canvas, random, radius, (at, d) => {
      const glow = level * Math.exp(-3 * d * d)
      for (let c = 0; c < 3; c += 1) canvas.light[at + c]! += glow
    })
  }
}

function meanLight(canvas: Canvas): number {
  let sum = 0
  let count = 0
  for (let i = 0; i < canvas.light.length; i += 97) {
    sum += canvas.light[i]!
    count += 1
  }
  return sum / count
}

/** Dust on the lens: far out of focus, so large faint shadows. */
function addLensDust(canvas: Canvas, random: Random, depths: Range): void {
  for (let i = random.integer(1, 4); i > 0; i -= 1) {
    const depth = random.uniform(...depths)
    eachAround(canvas, random, random.uniform(0.03, 0.08) * canvas.width, (at, d) => {
      const gain = 1 - depth * smooth((1 - d) / 0.5)
      for (let c = 0; c < 3; c += 1) canvas.light[at + c]! *= gain
    })
  }
}

function eachAround(canvas: Canvas, random: Random, radius: number, visit: (at: number, share: number) => void): void {
  const cx = random.uniform(0, canvas.width)
  const cy = random.uniform(0, canvas.height)
  for (let y = Math.max(0, Math.floor(cy - radius)); y < Math.min(canvas.height, cy + radius); y += 1) {
    for (let x = Math.max(0, Math.floor(cx - radius)); x < Math.min(canvas.width, cx + radius); x += 1) {
      const share = Math.hypot(x - cx, y - cy) / radius
      if (share < 1) visit((y * canvas.width + x) * 3, share)
    }
  }
}

/** Fall of light to the corners, and slow drift of exposure and colour. */
function shade(
  canvas: Canvas,
  random: Random,
  vignetting: Range | undefined,
  drift: Pick<PatternSettings, 'gain' | 'tint'> | undefined,
): void {
  const fall = vignetting === undefined ? 0 : random.uniform(...vignetting)
  const gain = drift === undefined ? 1 : random.uniform(...drift.gain)
  const gains = [0, 1, 2].map(() => gain * (drift === undefined ? 1 : random.uniform(...drift.tint))) as [
    number,
    number,
    number,
  ]
  const cx = canvas.width * random.uniform(0.45, 0.55)
  const cy = canvas.height * random.uniform(0.45, 0.55)
  const reach = (canvas.width / 2) ** 2 + (canvas.height / 2) ** 2
  for (let y = 0; y < canvas.height; y += 1) {
    for (let x = 0; x < canvas.width; x += 1) {
      const k = 1 - (fall * ((x - cx) ** 2 + (y - cy) ** 2)) / reach
      const at = (y * canvas.width + x) * 3
      canvas.light[at]! *= k * gains[0]
      canvas.light[at + 1]! *= k * gains[1]
      canvas.light[at + 2]! *= k * gains[2]
    }
  }
}

/** Gaussian noise from a table of 65,536 draws, entered anew for each row. */
function addNoise(canvas: Canvas, random: Random, sigma: number): void {
  const table = Float32Array.from({ length: 65536 }, () => random.normal(0, sigma))
  const span = canvas.width * 3
  for (let y = 0; y < canvas.height; y += 1) {
    let k = random.integer(0, 65535)
    const step = random.integer(0, 16383) * 2 + 1
    for (let i = y * span; i < (y + 1) * span; i += 1) {
      canvas.light[i]! += table[k]!
      k = (k + step) & 65535
    }
  }
}

/** Separable 3-tap blur, as often as a Gaussian of `sigma` px needs. */
function blur(canvas: Canvas, sigma: number): void {
  const passes = Math.max(1, Math.ceil((sigma * sigma) / 0.6))
  const side = (sigma * sigma) / passes / 2
  for (let i = 0; i < passes; i += 1) {
    blurLines(canvas, 3, canvas.width, canvas.width * 3, canvas.height, side)
    blurColumns(canvas, side)
  }
}

function blurLines(canvas: Canvas, step: number, count: number, lineStep: number, lines: number, side: number): void {
  const { light } = canvas
  for (let line = 0; line < lines; line += 1) {
    for (let c = 0; c < 3; c += 1) {
      let at = line * lineStep + c
      let before = light[at]!
      for (let i = 0; i < count - 1; i += 1) {
        const now = light[at]!
        light[at] = now + side * (before + light[at + step]! - 2 * now)
        before = now
        at += step
      }
    }
  }
}

function blurColumns(canvas: Canvas, side: number): void {
  const { light } = canvas
  const span = canvas.width * 3
  let before = light.slice(0, span)
  let now = new Float32Array(span)
  for (let y = 0; y < canvas.height - 1; y += 1) {
    const at = y * span
    now.set(light.subarray(at, at + span))
    for (let i = 0; i < span; i += 1)
      light[at + i] = now[i]! + side * (before[i]! + light[at + span + i]! - 2 * now[i]!)
    const spare = before
    before = now
    now = spare
  }
}
