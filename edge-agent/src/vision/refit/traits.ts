import { DEFECT_CLASSES } from '@millwright/contract'
import type { Finding } from '../finding.ts'

/**
 * What a region looks like, each in units of a plain difference: twice the size, another class, 40 levels of contrast, the other side of the
 * frame. Fixed units, not those of the reviews: a few dozen from one product would stretch what they happen to share.
 */
export function traitsOf(found: Finding, width: number, height: number): number[] {
  const [x, y, w, h] = found.bbox
  const values = found.reasons[0]?.values ?? {}
  const figure = (name: string, unit: number) => Math.min(6, Number(values[name] ?? 0) / unit)
  const lit = found.votes === undefined ? 1 : 0
  return [
    Math.log2(1 + Math.max(w, h)),
    Math.log2(1 + Math.min(w, h)),
    0.5 * Math.log2(1 + found.area),
    (2 * found.area) / Math.max(1, w * h),
    figure('contrast', lit === 1 ? 4 : 40),
    figure('peak', 80),
    figure('z', 10),
    Math.log2(1 + figure('width_px', 1)),
    // From the frame's borders: 1 in the middle.
    (2 * Math.min(x + w / 2, width - x - w / 2)) / width,
    (2 * Math.min(y + h / 2, height - y - h / 2)) / height,
    3 * found.score,
    lit,
    ...DEFECT_CLASSES.map(name => (name === found.class ? 1 : 0)),
    ...Array.from({ length: VOTES }, (_, k) => found.votes?.[k] ?? 0),
  ].map(v => Number(v.toFixed(4)))
}

/** Classes of the segmentation network: good, scratch, stain, oil, dust. */
const VOTES = 5
