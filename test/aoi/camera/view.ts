import type { Dice } from './dice.ts'
import type { CameraSettings } from './settings.ts'

/** Where the screen lies in the frame: a turned rectangle with round corners. Lengths in px. */
export interface View {
  readonly cx: number
  readonly cy: number
  readonly halfWide: number
  readonly halfHigh: number
  readonly corner: number
  readonly cos: number
  readonly sin: number
  /** Camera px a pixel of the display. */
  readonly pitch: number
  readonly psf: number
}

const DISPLAY_COLUMNS = 1920

export function drawView(dice: Dice, width: number, height: number, settings: CameraSettings): View {
  const turn = (dice.between(settings.turn) * Math.PI) / 180
  const halfWide = (dice.between(settings.fill) * width) / 2
  return {
    cx: width / 2 + dice.between([-0.004, 0.004]) * width,
    cy: height / 2 + dice.between([-0.004, 0.004]) * height,
    halfWide,
    halfHigh: (halfWide * 9) / 16,
    corner: dice.between(settings.corner),
    cos: Math.cos(turn),
    sin: Math.sin(turn),
    pitch: (2 * halfWide) / DISPLAY_COLUMNS,
    psf: dice.between(settings.psf),
  }
}

/** Position on the screen of a point of the frame, px from the screen's middle. */
export function onScreen(view: View, x: number, y: number): [number, number] {
  const [dx, dy] = [x - view.cx, y - view.cy]
  return [dx * view.cos + dy * view.sin, dy * view.cos - dx * view.sin]
}

/** The other way round; u and v are shares of the half sizes, -1..1. */
export function inFrame(view: View, u: number, v: number): [number, number] {
  const [a, b] = [u * view.halfWide, v * view.halfHigh]
  return [view.cx + a * view.cos - b * view.sin, view.cy + a * view.sin + b * view.cos]
}

/** Distance inside of the screen's outline, px; negative outside. */
export function depthAt(view: View, x: number, y: number): number {
  const [a, b] = onScreen(view, x, y)
  const ex = Math.abs(a) - (view.halfWide - view.corner)
  const ey = Math.abs(b) - (view.halfHigh - view.corner)
  if (ex > 0 && ey > 0) return view.corner - Math.sqrt(ex * ex + ey * ey)
  return view.corner - Math.max(ex, ey)
}
