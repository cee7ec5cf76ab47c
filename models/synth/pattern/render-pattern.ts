import { encodedOf } from '../../src/colour/ciede2000.ts'
import { type Canvas, createCanvas } from '../canvas.ts'
import { applyNuisances } from '../nuisances.ts'
import { createTruth } from '../plant.ts'
import { createRandom } from '../random.ts'
import { PATTERN_SETTINGS, type Pattern, type Range, type Rendered, type RenderRequest } from '../types.ts'
import { plantOnPattern } from './plant-pattern.ts'

/** Linear light of each pattern as the camera sees it, 0..255 a channel; primaries leak a little into each other. */
const LEVELS: Record<Exclude<Pattern, 'surface' | 'checker'>, readonly [number, number, number]> = {
  white: [190, 190, 190],
  grey: [62, 62, 62],
  black: [2.6, 2.6, 3],
  red: [175, 7, 4],
  green: [9, 170, 9],
  blue: [5, 8, 180],
}
const BEZEL = 0.7

/** A capture of a lit display: the screen fills the frame but for a narrow dark bezel. Encoded as sRGB. */
export function renderPattern(request: RenderRequest): Rendered {
  const { width, height, pattern } = request
  const settings = request.patternSettings ?? PATTERN_SETTINGS
  const random = createRandom(request.seed)
  const scene = random.fork('scene')
  const canvas = createCanvas(width, height)
  const truth = createTruth(width, height)
  const left = Math.round(width * scene.uniform(0.012, 0.03))
  const top = Math.round(height * scene.uniform(0.015, 0.04))
  const box = [left, top, width - 2 * left, height - 2 * top] as const
  const level = LEVELS[pattern === 'checker' || pattern === 'surface' ? 'white' : pattern]
  fill(canvas, box, level, pattern === 'checker' ? Math.round(height / 9) : 0)
  const target = {
    canvas,
    truth,
    box,
    level,
    dark: pattern === 'black',
    mmPerPx: request.mmPerPx ?? 0.16 * (1920 / width),
  }
  for (const [i, defect] of (request.defects ?? []).entries())
    plantOnPattern(target, random.fork(`defect ${i}`), defect)
  applyNuisances(canvas, random.fork('nuisances'), request.nuisances ?? ['vignetting', 'noise'], {
    ...settings,
    noise: scaled(settings.noise, pattern === 'black' ? 1 / 7 : pattern === 'grey' ? 0.45 : 1),
  })
  const [x, y, w, h] = box
  const screen = [
    [x, y],
    [x + w, y],
    [x + w, y + h],
    [x, y + h],
  ] as const
  return { pixels: encode(canvas), width, height, mask: truth.mask, objects: truth.objects, screen }
}

const scaled = ([low, high]: Range, share: number): Range => [low * share, high * share]

function fill(
  canvas: Canvas,
  box: readonly [number, number, number, number],
  level: readonly [number, number, number],
  tile: number,
): void {
  const [left, top, width, height] = box
  for (let y = 0; y < canvas.height; y += 1) {
    for (let x = 0; x < canvas.width; x += 1) {
      const at = (y * canvas.width + x) * 3
      const inside = x >= left && x < left + width && y >= top && y < top + height
      const odd = tile > 0 && (Math.floor((x - left) / tile) + Math.floor((y - top) / tile)) % 2 === 1
      for (let c = 0; c < 3; c += 1) canvas.light[at + c] = inside ? (odd ? LEVELS.black[c]! : level[c]!) : BEZEL
    }
  }
}

/** sRGB levels of linear light 0..255, by a table of 1/16 level steps. */
function encode(canvas: Canvas): Uint8Array {
  const table = Uint8Array.from({ length: 4096 }, (_, i) => Math.round(255 * encodedOf(Math.min(1, i / 4080))))
  const out = new Uint8Array(canvas.light.length)
  for (let i = 0; i < out.length; i += 1) {
    const k = canvas.light[i]! * 16
    out[i] = table[k < 0 ? 0 : k > 4095 ? 4095 : k | 0]!
  }
  return out
}
