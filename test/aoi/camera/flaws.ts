import { ciede2000, labOf } from '@millwright/models'
import { justNoticed } from '../limits.ts'
import type { Flaw } from '../panel.ts'
import type { Dice } from './dice.ts'
import { bubble, pinholes, rings, sticking } from './never-shown.ts'
import { crack, deadPixel, line, oil, scratch, stain } from './sharp-edged.ts'
import { leak, mura, tint } from './soft.ts'
import { boxOf, core, type Stamp } from './stamp.ts'
import { inFrame, type View } from './view.ts'

const SCREEN_MM = 309
type Frame = { readonly width: number; readonly height: number }
type Light = readonly [number, number, number]

/** What a flaw does to the light of the screen: multiplied by 1 + gain x share, or (on black) added. */
export interface Drawn {
  readonly stamp: Stamp
  readonly gain: Light
  readonly adds: boolean
  readonly box: readonly [number, number, number, number]
}

/** Full white of the display, linear: what a bright point on black is a share of. */
export const FULL = 0.72

export function drawFlaw(
  frame: Frame,
  view: View,
  dice: Dice,
  flaw: Flaw,
  light: Light,
  seen: number,
  dark: boolean,
): Drawn {
  const [x, y] = inFrame(view, 2 * flaw.at[0] - 1, 2 * flaw.at[1] - 1)
  const sign = flaw.bright ? 1 : -1
  const { severity } = flaw
  const scaled = (stamp: Stamp, share: number, least = 0.3): Drawn => ({
    stamp,
    gain: [share, share, share],
    adds: false,
    box: boxOf(stamp, least),
  })
  /** So that the mean over the half-height core is the severity. */
  const even = (stamp: Stamp, way: number) => scaled(stamp, (way * severity) / core(stamp).mean)
  switch (flaw.family) {
    case 'dead_pixel': {
      const side = view.pitch * Math.sqrt(Math.max(1, severity))
      const stamp = deadPixel(frame, view, side, x, y)
      const share = Math.min(1, severity)
      if (!dark) return scaled(stamp, -share)
      return { ...scaled(stamp, share * FULL), adds: true }
    }
    case 'line': {
      const vertical = dice.yes(0.5)
      return scaled(line(frame, view, vertical, 1 + Math.floor(flaw.thick / 3), x, y), sign * severity)
    }
    case 'mura': {
      const stamp = mura(frame, view, dice, flaw, x, y)
      const { area, mean } = core(stamp)
      const mm2 = area * (SCREEN_MM / (2 * view.halfWide)) ** 2
      return scaled(stamp, (sign * severity * justNoticed(mm2)) / 100 / mean, 0.5)
    }
    case 'light_leak':
      return even(leak(frame, view, dice, flaw), seen)
    case 'colour': {
      const stamp = tint(frame, view, dice, flaw, x, y)
      return {
        stamp,
        gain: gainFor(light, severity, dice.between([0, 2 * Math.PI])),
        adds: false,
        box: boxOf(stamp, 0.5),
      }
    }
    case 'scratch':
      return even(scratch(frame, view, dice, flaw, x, y), sign)
    case 'stain':
      return even(stain(frame, view, dice, flaw, x, y), -1)
    case 'oil':
      return even(oil(frame, view, dice, flaw, x, y), -1)
    case 'sticking':
      return even(sticking(frame, view, dice, flaw, x, y), sign)
    case 'rings':
      return even(rings(frame, dice, flaw, x, y), 1)
    case 'crack':
      return even(crack(frame, view, dice, flaw, x, y), 1)
    case 'bubble':
      return even(bubble(frame, view, dice, flaw, x, y), 1)
    case 'pinholes':
      return scaled(pinholes(frame, view, dice, flaw, x, y), Math.min(0.9, 5 * severity))
  }
}

/** Gains that move a light by a wished CIEDE2000 along a hue at the same luminance (bisection). */
function gainFor(light: Light, wished: number, hue: number): Light {
  const white = Math.max(...light)
  const base: Light = [light[0] / white, light[1] / white, light[2] / white]
  const [r, b] = [Math.cos(hue), Math.sin(hue)]
  // Green answers for the luminance that red and blue take.
  const g = -(0.2126 * r * base[0] + 0.0722 * b * base[2]) / (0.7152 * base[1])
  let [low, high] = [0, 0.6]
  for (let i = 0; i < 30; i += 1) {
    const k = (low + high) / 2
    const moved: Light = [base[0] * (1 + r * k), base[1] * (1 + g * k), base[2] * (1 + b * k)]
    if (ciede2000(labOf(base), labOf(moved)) < wished) low = k
    else high = k
  }
  return [r * low, g * low, b * low]
}
