import type { Finding } from '../finding.ts'
import { reason } from '../reasons.ts'

/** Spots nearer than this (px) belong together. */
const NEAR = 20
const LEAST_SPOTS = 3
const LEAST_LENGTH = 20

/** Three and more pixel spots in a row are a fine scratch, seen in its brightest points: they become one finding. */
export function joinStrokes(spots: readonly Finding[]): Finding[] {
  const left = [...spots]
  const out: Finding[] = []
  while (left.length > 0) {
    const group = [left.pop()!]
    for (let i = 0; i < group.length; i += 1) {
      for (let j = left.length - 1; j >= 0; j -= 1)
        if (gap(group[i]!, left[j]!) < NEAR) group.push(...left.splice(j, 1))
    }
    const stroke = strokeOf(group)
    if (stroke === undefined) out.push(...group)
    else out.push(stroke)
  }
  return out
}

function gap(a: Finding, b: Finding): number {
  const dx = Math.max(0, b.bbox[0] - a.bbox[0] - a.bbox[2], a.bbox[0] - b.bbox[0] - b.bbox[2])
  const dy = Math.max(0, b.bbox[1] - a.bbox[1] - a.bbox[3], a.bbox[1] - b.bbox[1] - b.bbox[3])
  return Math.hypot(dx, dy)
}

function strokeOf(group: readonly Finding[]): Finding | undefined {
  if (group.length < LEAST_SPOTS) return undefined
  const x = Math.min(...group.map(f => f.bbox[0]))
  const y = Math.min(...group.map(f => f.bbox[1]))
  const width = Math.max(...group.map(f => f.bbox[0] + f.bbox[2])) - x
  const height = Math.max(...group.map(f => f.bbox[1] + f.bbox[3])) - y
  const length = Math.hypot(width, height)
  if (length < LEAST_LENGTH) return undefined
  const area = group.reduce((sum, f) => sum + f.area, 0)
  const contrasts = group.map(f => Number(f.reasons[0]?.values.contrast ?? 0))
  const contrast = (100 * contrasts.reduce((sum, v) => sum + v, 0)) / area
  return {
    class: 'scratch',
    // A pixel fails at 0.5, a scratch at 0.75: twice the exponent.
    score: 1 - (1 - Math.max(...group.map(f => f.score))) ** 2,
    bbox: [x, y, width, height],
    area,
    reasons: [reason('aoi.lit_scratch', { length_px: length, contrast })],
  }
}
