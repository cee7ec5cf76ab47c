import type { Pattern } from '@millwright/contract'
import type { OpenCv } from './opencv.ts'
import { type Picture, type Plane, quantile, shrinkGrey } from './picture.ts'
import type { LocateFault } from './reason-words.ts'

/** The screen (or the glass of a handset whose display is off) in a capture. */
export interface Screen {
  /** Corners of the tightest turned rectangle, px of the picture, in order around it. */
  readonly corners: readonly (readonly [number, number])[]
  /** Long and short side of that rectangle, px. */
  readonly sides: readonly [number, number]
  /** 1 where the screen is judged: its outline less a margin. Cells of `scale` px. */
  readonly judged: {
    readonly width: number
    readonly height: number
    readonly scale: number
    readonly inside: Uint8Array
  }
  /** Brightness 0..255 of the screen and of what is around it. */
  readonly level: number
  readonly around: number
  /** Steepest rise over 4 px at the outline as a share of the step there: 1 is sharp. */
  readonly sharpness: number
}

export type Located =
  | { readonly found: true; readonly screen: Screen }
  | { readonly found: false; readonly why: LocateFault }

/** Screens stand out from what is around them by at least this many levels. */
const LEAST_STEP = 9
const LEAST_AREA = 0.1
const LEAST_FILL = 0.8
/** Margin that is not judged, as a share of the short side: the rounded, mirroring edge of the glass. */
const SURFACE_MARGIN = 0.028
const PATTERN_MARGIN = 0.004

/** Finds the screen: what differs from the frame's border, is large and nearly a rectangle. */
export function locate(cv: OpenCv, picture: Picture, pattern: Pattern): Located {
  const scale = Math.max(1, Math.round(Math.max(picture.width, picture.height) / 480))
  const plane = shrinkGrey(picture, scale)
  const around = quantile(border(plane), 0.5)
  const level = quantile(middle(plane), pattern === 'checker' ? 0.85 : 0.5)
  if (Math.abs(level - around) < LEAST_STEP) return { found: false, why: 'no_contrast' }
  const half = (level + around) / 2
  const marked = new Uint8Array(plane.values.length)
  for (let i = 0; i < marked.length; i += 1) marked[i] = (plane.values[i]! - half) * (level - half) > 0 ? 255 : 0
  const outline = findOutline(cv, plane, marked, pattern === 'surface' ? 'outline' : 'hull')
  if (typeof outline === 'string') return { found: false, why: outline }
  const margin = (pattern === 'surface' ? SURFACE_MARGIN : PATTERN_MARGIN) * outline.sides[1]
  const inside = erode(cv, outline.filled, plane, Math.max(1, Math.round(margin / scale)))
  return {
    found: true,
    screen: {
      corners: outline.corners,
      sides: outline.sides,
      judged: { width: plane.width, height: plane.height, scale, inside },
      level,
      around,
      sharpness: sharpnessAt(picture, outline.points, Math.abs(level - around)),
    },
  }
}

interface Outline {
  readonly corners: readonly (readonly [number, number])[]
  readonly sides: readonly [number, number]
  /** Points along the outline, px of the picture. */
  readonly points: readonly (readonly [number, number])[]
  readonly filled: Uint8Array
}

function findOutline(cv: OpenCv, plane: Plane, marked: Uint8Array, form: 'outline' | 'hull'): Outline | LocateFault {
  const { width, height, scale } = plane
  const mask = cv.matFromArray(height, width, cv.CV_8UC1, marked as unknown as number[])
  const kernel = cv.getStructuringElement(cv.MORPH_RECT, new cv.Size(5, 5))
  const contours = new cv.MatVector()
  const hierarchy = new cv.Mat()
  const filled = cv.Mat.zeros(height, width, cv.CV_8UC1)
  try {
    cv.morphologyEx(mask, mask, cv.MORPH_CLOSE, kernel)
    cv.morphologyEx(mask, mask, cv.MORPH_OPEN, kernel)
    if (form === 'hull') joinByHull(cv, mask)
    cv.findContours(mask, contours, hierarchy, cv.RETR_EXTERNAL, cv.CHAIN_APPROX_NONE)
    let best = -1
    let bestArea = 0
    for (let i = 0; i < Number(contours.size()); i += 1) {
      const area = cv.contourArea(contours.get(i))
      if (area > bestArea) [best, bestArea] = [i, area]
    }
    if (best < 0 || bestArea < LEAST_AREA * width * height) return 'too_small'
    const contour = contours.get(best)
    const box = cv.minAreaRect(contour)
    const [w, h] = [box.size.width + 1, box.size.height + 1]
    if (bestArea < LEAST_FILL * w * h) return 'not_rectangle'
    cv.drawContours(filled, contours, best, new cv.Scalar(255), -1)
    const points: [number, number][] = []
    for (let i = 0; i < contour.rows; i += 1)
      points.push([contour.data32S[2 * i]! * scale, contour.data32S[2 * i + 1]! * scale])
    const turn = (box.angle * Math.PI) / 180
    const corners = (
      [
        [-1, -1],
        [1, -1],
        [1, 1],
        [-1, 1],
      ] as const
    ).map(([a, b]) => {
      const [u, v] = [(a * w) / 2, (b * h) / 2]
      return [
        (box.center.x + u * Math.cos(turn) - v * Math.sin(turn) + 0.5) * scale,
        (box.center.y + u * Math.sin(turn) + v * Math.cos(turn) + 0.5) * scale,
      ] as const
    })
    return {
      corners,
      sides: [Math.max(w, h) * scale, Math.min(w, h) * scale],
      points,
      filled: filled.data.slice(),
    }
  } finally {
    for (const mat of [mask, kernel, hierarchy, filled, contours]) mat.delete()
  }
}

/** Fills the hull of all that is marked: a checkerboard's bright squares are one screen. */
function joinByHull(cv: OpenCv, mask: InstanceType<OpenCv['Mat']>): void {
  const points: number[] = []
  const [width, height] = [mask.cols, mask.rows]
  for (let y = 0; y < height; y += 1) {
    const row = mask.data.subarray(y * width, (y + 1) * width)
    const first = row.indexOf(255)
    if (first >= 0) points.push(first, y, row.lastIndexOf(255), y)
  }
  if (points.length < 6) return
  const cloud = cv.matFromArray(points.length / 2, 1, cv.CV_32SC2, points)
  const hull = new cv.Mat()
  const list = new cv.MatVector()
  try {
    cv.convexHull(cloud, hull)
    list.push_back(hull)
    cv.drawContours(mask, list, 0, new cv.Scalar(255), -1)
  } finally {
    for (const mat of [cloud, hull, list]) mat.delete()
  }
}

/** What lies further than `radius` cells inside of the outline (1); the frame's border is outside. */
function erode(cv: OpenCv, filled: Uint8Array, { width, height }: Plane, radius: number): Uint8Array {
  const mask = cv.matFromArray(height, width, cv.CV_8UC1, filled as unknown as number[])
  const distance = new cv.Mat()
  try {
    for (const [x, y, w, h] of [
      [0, 0, width, 1],
      [0, height - 1, width, 1],
      [0, 0, 1, height],
      [width - 1, 0, 1, height],
    ] as const) {
      for (let j = y; j < y + h; j += 1) mask.data.fill(0, j * width + x, j * width + x + w)
    }
    cv.distanceTransform(mask, distance, cv.DIST_L2, cv.DIST_MASK_5)
    const inside = new Uint8Array(width * height)
    const far = distance.data32F
    for (let i = 0; i < inside.length; i += 1) if (far[i]! > radius) inside[i] = 1
    return inside
  } finally {
    mask.delete()
    distance.delete()
  }
}

/** Cells of the outermost 2 % of the frame. */
function border({ width, height, values }: Plane): number[] {
  const depth = Math.max(1, Math.round(0.02 * height))
  const out: number[] = []
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      if (x < depth || y < depth || x >= width - depth || y >= height - depth) out.push(values[y * width + x]!)
    }
  }
  return out
}

/** Every second cell each way of the middle 40 % by 40 %. */
function middle({ width, height, values }: Plane): number[] {
  const out: number[] = []
  for (let y = Math.floor(0.3 * height); y < 0.7 * height; y += 2) {
    for (let x = Math.floor(0.3 * width); x < 0.7 * width; x += 2) out.push(values[y * width + x]!)
  }
  return out
}

/** Median over the outline of the steepest rise over 4 px, as a share of the step from around to the screen. */
function sharpnessAt(picture: Picture, points: readonly (readonly [number, number])[], step: number): number {
  const reach = 12
  const rises: number[] = []
  const grey = (x: number, y: number) => picture.pixels[(y * picture.width + x) * 3 + 1]!
  const every = Math.max(1, Math.floor(points.length / 240))
  for (let p = 0; p < points.length; p += every) {
    const [x, y] = points[p]!
    if (x < reach || y < reach || x >= picture.width - reach || y >= picture.height - reach) continue
    let steepest = 0
    for (let i = -reach; i < reach - 4; i += 1) {
      steepest = Math.max(
        steepest,
        Math.abs(grey(x + i + 4, y) - grey(x + i, y)),
        Math.abs(grey(x, y + i + 4) - grey(x, y + i)),
      )
    }
    rises.push(steepest / step)
  }
  return rises.length === 0 ? 1 : quantile(rises, 0.5)
}
