import type { Patch } from './canvas.ts'
import { RENDERED_CLASSES, type RenderedClass, type RenderedObject } from './types.ts'

/** The truth of a picture while it is made. */
export interface Truth {
  readonly width: number
  readonly mask: Uint8Array
  readonly objects: RenderedObject[]
}

export function createTruth(width: number, height: number): Truth {
  return { width, mask: new Uint8Array(width * height), objects: [] }
}

/** Notes a defect: all px where the patch covers at least `least` are its mask; its box and area follow. */
export function note(truth: Truth, kind: RenderedClass, patch: Patch, least: number, severity: number): void {
  let [left, top, right, low, area] = [patch.width, patch.height, -1, -1, 0]
  const mark = RENDERED_CLASSES.indexOf(kind) + 1
  for (let y = 0; y < patch.height; y += 1) {
    for (let x = 0; x < patch.width; x += 1) {
      if (patch.cover[y * patch.width + x]! < least) continue
      truth.mask[(y + patch.y) * truth.width + x + patch.x] = mark
      area += 1
      if (x < left) left = x
      if (x > right) right = x
      if (y < top) top = y
      low = y
    }
  }
  if (area === 0) return
  const bbox = [left + patch.x, top + patch.y, right - left + 1, low - top + 1] as const
  truth.objects.push({ class: kind, bbox, area_px: area, severity })
}
