import { encodedOf, linearOf } from '../src/colour/ciede2000.ts'
import { type Canvas, createCanvas } from './canvas.ts'
import { plantOnPattern } from './pattern/plant-pattern.ts'
import { createTruth } from './plant.ts'
import { createRandom, type Random } from './random.ts'
import { plantOnSurface } from './surface/plant-surface.ts'
import { surfaceSize } from './surface/render-surface.ts'
import { type DefectRequest, type Pattern, RENDERED_CLASSES, type Rendered, type RenderedObject } from './types.ts'

/** A good capture, and the defects to lay on it. */
export interface PasteRequest {
  /** RGB, 8 bits, interleaved; it is not changed. */
  readonly pixels: Uint8Array
  readonly width: number
  readonly height: number
  readonly pattern: Pattern
  readonly seed: number | string
  readonly defects: readonly DefectRequest[]
  /** Is a px of the picture on the screen (or glass), away from its edge? Nothing else is changed. */
  readonly inside: (x: number, y: number) => boolean
  /** Upright rectangle of the screen: x, y, width, height, px. */
  readonly box: readonly [number, number, number, number]
}

/** Classes that a kind of capture can show. */
export function classesOn(pattern: Pattern): readonly DefectRequest['class'][] {
  if (pattern === 'surface') return ['scratch', 'stain', 'oil', 'dust']
  if (pattern === 'checker') return ['dead_pixel']
  if (pattern === 'black') return ['scratch', 'stain', 'dust', 'dead_pixel', 'line', 'light_leak']
  return RENDERED_CLASSES
}

/**
 * Lays rendered defects on a capture of a real, good part: the capture's own light, noise and moiré stay as they are, and px that no
 * defect covers keep their bytes. Pure: the same request gives the same picture.
 */
export function pasteDefects(request: PasteRequest): Pick<Rendered, 'pixels' | 'mask' | 'objects'> {
  const { width, height, pattern, inside } = request
  const lit = pattern !== 'surface'
  const canvas = lightOf(request, lit)
  const before = canvas.light.slice()
  const mask = new Uint8Array(width * height)
  const objects: RenderedObject[] = []
  const random = createRandom(request.seed)
  for (const [i, defect] of request.defects.entries()) {
    const truth = createTruth(width, height)
    plant(request, canvas, truth, random.fork(`defect ${i}`), defect)
    for (const object of truth.objects) {
      const kept = keep(truth.mask, mask, width, inside)
      if (kept !== undefined) objects.push({ ...object, ...kept })
    }
  }
  const pixels = request.pixels.slice(0, width * height * 3)
  for (let at = 0; at < pixels.length; at += 1) {
    const light = canvas.light[at]!
    if (light === before[at]) continue
    const px = Math.floor(at / 3)
    if (!inside(px % width, Math.floor(px / width))) continue
    const level = lit ? 255 * encodedOf(Math.max(0, Math.min(1, light / 255))) : light
    pixels[at] = Math.max(0, Math.min(255, Math.round(level)))
  }
  return { pixels, mask, objects }
}

/** Encoded levels of a surface, linear light (0..255) of a pattern. */
function lightOf({ pixels, width, height }: PasteRequest, lit: boolean): Canvas {
  const canvas = createCanvas(width, height)
  const table = Float32Array.from({ length: 256 }, (_, v) => (lit ? 255 * linearOf(v / 255) : v))
  for (let i = 0; i < canvas.light.length; i += 1) canvas.light[i] = table[pixels[i]!]!
  return canvas
}

function plant(
  request: PasteRequest,
  canvas: Canvas,
  truth: ReturnType<typeof createTruth>,
  random: Random,
  defect: DefectRequest,
): void {
  const { box, pattern, width } = request
  if (pattern === 'surface') {
    const size = defect.size ?? surfaceSize(random, defect.class) * (width / 1920)
    const [cx, cy] = placeFor(request, random, defect, size)
    plantOnSurface(canvas, truth, random, { ...defect, size }, cx, cy, 0)
    return
  }
  const [cx, cy] = placeFor(request, random, defect, defect.size ?? 40)
  const at = [(cx - box[0]) / box[2], (cy - box[1]) / box[3]] as const
  const level = medianLight(canvas, request)
  const scene = { canvas, truth, box, level, dark: pattern === 'black', mmPerPx: 309 / box[2] }
  plantOnPattern(scene, random, { ...defect, at })
}

const TRIES = 60

/** The wished place, or one whose surroundings lie inside as far as the defect reaches. */
function placeFor(
  { box: [x, y, w, h], inside }: PasteRequest,
  random: Random,
  defect: DefectRequest,
  size: number,
): [number, number] {
  if (defect.at !== undefined) return [x + defect.at[0] * w, y + defect.at[1] * h]
  const reach = Math.min(size / 2, 0.4 * Math.min(w, h))
  let [cx, cy] = [x + w / 2, y + h / 2]
  for (let i = 0; i < TRIES; i += 1) {
    cx = random.uniform(x, x + w)
    cy = random.uniform(y, y + h)
    const free = [-1, 0, 1].every(b =>
      [-1, 0, 1].every(a => inside(Math.round(cx + a * reach), Math.round(cy + b * reach))),
    )
    if (free) break
  }
  return [cx, cy]
}

/** Median light of each channel inside, over an even sample. */
function medianLight(canvas: Canvas, { box: [x, y, w, h], inside }: PasteRequest): [number, number, number] {
  const channels: [number[], number[], number[]] = [[], [], []]
  const step = Math.max(1, Math.floor(Math.min(w, h) / 60))
  for (let j = Math.ceil(y); j < y + h; j += step) {
    for (let i = Math.ceil(x); i < x + w; i += step) {
      if (!inside(i, j)) continue
      const at = (j * canvas.width + i) * 3
      for (const c of [0, 1, 2] as const) channels[c].push(canvas.light[at + c]!)
    }
  }
  return channels.map(values => values.sort((a, b) => a - b)[values.length >> 1] ?? 0) as [number, number, number]
}

/** Copies what of a defect's mask lies inside; gives its box and area, or nothing where none does. */
function keep(
  own: Uint8Array,
  mask: Uint8Array,
  width: number,
  inside: PasteRequest['inside'],
): Pick<RenderedObject, 'bbox' | 'area_px'> | undefined {
  let [x0, y0, x1, y1, area] = [width, own.length, -1, -1, 0]
  for (let at = 0; at < own.length; at += 1) {
    if (own[at] === 0) continue
    const x = at % width
    const y = (at - x) / width
    if (!inside(x, y)) continue
    mask[at] = own[at]!
    area += 1
    x0 = Math.min(x0, x)
    x1 = Math.max(x1, x)
    y0 = Math.min(y0, y)
    y1 = y
  }
  return area === 0 ? undefined : { bbox: [x0, y0, x1 - x0 + 1, y1 - y0 + 1], area_px: area }
}
