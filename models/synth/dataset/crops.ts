import type { Random } from '../random.ts'
import { RENDERED_CLASSES, type Rendered } from '../types.ts'

export const CROP = 640
export const STRIDE = 4
/** Classes the segmenter knows, by their number in a label; 0 is good. */
export const SEGMENTED = ['good', 'scratch', 'stain', 'oil', 'dust'] as const

export interface Crop {
  /** RGB, CROP x CROP. */
  readonly pixels: Uint8Array
  /** CROP/4 x CROP/4 class numbers. */
  readonly label: Uint8Array
}

/** Cuts squares out of a frame: around its objects first, the rest anywhere. */
export function cutCrops(frame: Rendered, random: Random, count: number): Crop[] {
  const centres = frame.objects.map(({ bbox: [x, y, w, h] }) => [x + w / 2, y + h / 2] as const)
  return Array.from({ length: count }, (_, i) => {
    const centre = i < count - 2 ? centres[i] : undefined
    const x = centre === undefined ? random.uniform(0, frame.width) : centre[0] + random.normal(0, CROP / 5)
    const y = centre === undefined ? random.uniform(0, frame.height) : centre[1] + random.normal(0, CROP / 5)
    return cut(frame, clamp(x - CROP / 2, frame.width - CROP), clamp(y - CROP / 2, frame.height - CROP))
  })
}

/** The label of a mask at stride 4: the class that covers most of a 4 x 4 block, where it covers at least two px. */
export function labelOf(
  mask: Uint8Array,
  width: number,
  left: number,
  top: number,
  columns: number,
  rows: number,
): Uint8Array {
  const label = new Uint8Array(columns * rows)
  const counts = new Uint8Array(RENDERED_CLASSES.length + 1)
  for (let j = 0; j < rows; j += 1) {
    for (let i = 0; i < columns; i += 1) {
      counts.fill(0)
      for (let y = 0; y < STRIDE; y += 1) {
        const at = (top + j * STRIDE + y) * width + left + i * STRIDE
        for (let x = 0; x < STRIDE; x += 1) counts[mask[at + x]!]! += 1
      }
      let best = 0
      for (let k = 1; k < SEGMENTED.length; k += 1)
        if (counts[k]! >= 2 && counts[k]! > (best === 0 ? 0 : counts[best]!)) best = k
      label[j * columns + i] = best
    }
  }
  return label
}

function cut(frame: Rendered, left: number, top: number): Crop {
  const pixels = new Uint8Array(CROP * CROP * 3)
  for (let y = 0; y < CROP; y += 1) {
    const at = ((top + y) * frame.width + left) * 3
    pixels.set(frame.pixels.subarray(at, at + CROP * 3), y * CROP * 3)
  }
  return { pixels, label: labelOf(frame.mask, frame.width, left, top, CROP / STRIDE, CROP / STRIDE) }
}

const clamp = (value: number, high: number) => Math.round(Math.min(Math.max(0, value), high))
