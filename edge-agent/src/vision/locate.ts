import type { Pattern } from '@millwright/contract'
import { inset } from './outline/inset.ts'
import { closeAndOpen, fillHull } from './outline/mask.ts'
import { tiltOf } from './outline/tilt.ts'
import { filled, widestBorder } from './outline/trace.ts'
import { tightestBox } from './outline/turned-box.ts'
import { type Picture, type Plane, quantile, shrinkGrey } from './picture.ts'
import type { LocateFault } from './reason-words.ts'

/** The screen (or the glass of a handset whose display is off) in a capture. */
export interface Screen {
  /** Corners of the tightest turned rectangle, px of the picture, in order around it. */
  readonly corners: readonly (readonly [number, number])[]
  /** Long and short side of that rectangle, px. */
  readonly sides: readonly [number, number]
  /** How far it is turned from upright, rad, -pi/4..pi/4. */
  readonly tilt: number
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
export function locate(picture: Picture, pattern: Pattern): Located {
  const scale = Math.max(1, Math.round(Math.max(picture.width, picture.height) / 480))
  const plane = shrinkGrey(picture, scale)
  const around = quantile(border(plane), 0.5)
  const level = quantile(middle(plane), pattern === 'checker' ? 0.85 : 0.5)
  if (Math.abs(level - around) < LEAST_STEP) return { found: false, why: 'no_contrast' }
  const half = (level + around) / 2
  const marked = new Uint8Array(plane.values.length)
  for (let i = 0; i < marked.length; i += 1) marked[i] = (plane.values[i]! - half) * (level - half) > 0 ? 1 : 0
  const outline = findOutline(plane, marked, pattern === 'surface' ? 'outline' : 'hull')
  if (typeof outline === 'string') return { found: false, why: outline }
  const margin = (pattern === 'surface' ? SURFACE_MARGIN : PATTERN_MARGIN) * outline.sides[1]
  const inside = inset(outline.filled, plane.width, plane.height, Math.min(30, Math.max(1, Math.round(margin / scale))))
  return {
    found: true,
    screen: {
      corners: outline.corners,
      sides: outline.sides,
      tilt: outline.tilt,
      judged: { width: plane.width, height: plane.height, scale, inside },
      level,
      around,
      sharpness: sharpnessAt(picture, outline.points, Math.abs(level - around)),
    },
  }
}

interface Outline {
  readonly tilt: number
  readonly corners: readonly (readonly [number, number])[]
  readonly sides: readonly [number, number]
  /** Points along the outline, px of the picture. */
  readonly points: readonly (readonly [number, number])[]
  readonly filled: Uint8Array
}

function findOutline(plane: Plane, marked: Uint8Array, form: 'outline' | 'hull'): Outline | LocateFault {
  const { width, height, scale } = plane
  closeAndOpen(marked, width, height)
  if (form === 'hull') fillHull(marked, width, height)
  const border = widestBorder(marked, width, height)
  if (border === undefined || border.area < LEAST_AREA * width * height) return 'too_small'
  const box = tightestBox(border.points)
  const { centre, size, angle } = box
  const [w, h] = [size[0] + 1, size[1] + 1]
  if (border.area < LEAST_FILL * w * h) return 'not_rectangle'
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  const corner = (a: number, b: number) => {
    const [u, v] = [(a * w) / 2, (b * h) / 2]
    return [(centre[0] + u * cos - v * sin + 0.5) * scale, (centre[1] + u * sin + v * cos + 0.5) * scale] as const
  }
  return {
    tilt: tiltOf(border.points, box),
    corners: [corner(-1, -1), corner(1, -1), corner(1, 1), corner(-1, 1)],
    sides: [Math.max(w, h) * scale, Math.min(w, h) * scale],
    points: border.points.map(([x, y]) => [x * scale, y * scale] as const),
    filled: filled(border, width, height),
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
