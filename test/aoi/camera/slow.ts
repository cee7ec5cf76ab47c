import type { Nuisance } from '../panel.ts'
import type { Dice } from './dice.ts'
import type { CameraSettings } from './settings.ts'
import { onScreen, type View } from './view.ts'

/** What changes slowly over the frame, on a grid of `STEP` px: gain of the screen's light by channel. */
export interface Slow {
  readonly columns: number
  readonly gain: readonly [Float32Array, Float32Array, Float32Array]
}
export const STEP = 8

/** Backlight, lens, exposure, out-of-focus dust on the lens, and the camera's own image in the cover glass. */
export function slowGain(
  dice: Dice,
  view: View,
  width: number,
  height: number,
  settings: CameraSettings,
  nuisances: readonly Nuisance[],
): Slow {
  const has = (name: Nuisance) => nuisances.includes(name)
  const columns = Math.ceil(width / STEP) + 2
  const rows = Math.ceil(height / STEP) + 2
  const falloff = dice.between(settings.falloff)
  const vignetting = dice.between(settings.vignetting)
  const drift = has('drift') ? dice.between(settings.gain) : 0.98
  const tints = [0, 1, 2].map(() => 1 + (has('drift') ? dice.between(settings.tint) : 0))
  const waves = [0, 1, 2].map(() => [
    dice.gauss() * 0.004,
    dice.between([-2, 2]),
    dice.between([-2, 2]),
    dice.between([0, 6]),
  ])
  const grains = has('dust')
    ? Array.from({ length: 3 }, () => grain(dice.apart(`grain ${dice.unit()}`), width, height))
    : []
  const mirror = has('reflection') ? mirrored(dice.apart('mirror'), width, height) : undefined
  const gain = [0, 1, 2].map(() => new Float32Array(columns * rows)) as unknown as Slow['gain']
  const reach = (width * width + height * height) / 4
  for (let j = 0; j < rows; j += 1) {
    for (let i = 0; i < columns; i += 1) {
      const [x, y] = [i * STEP, j * STEP]
      const [u, v] = onScreen(view, x, y)
      const [su, sv] = [u / view.halfWide, v / view.halfHigh]
      const fromMiddle = ((x - width / 2) ** 2 + (y - height / 2) ** 2) / reach
      let g = (drift * (1 - (falloff * (su ** 2 + sv ** 2)) / 2)) / (1 + vignetting * fromMiddle) ** 2
      for (const [k, a, b, phase] of waves) g *= 1 + k! * Math.cos(a! * su + b! * sv + phase!)
      for (const shade of grains) g *= shade(x, y)
      if (mirror !== undefined) g *= mirror(x, y)
      for (let c = 0; c < 3; c += 1) gain[c as 0 | 1 | 2][j * columns + i] = g * tints[c]!
    }
  }
  return { columns, gain }
}

type Shade = (x: number, y: number) => number

/** A grain on the lens: its blur disc, darker towards the rim as a stopped-down lens shows it. */
function grain(dice: Dice, width: number, height: number): Shade {
  const [x0, y0] = [dice.between([0, width]), dice.between([0, height])]
  const radius = dice.between([60, 150])
  const depth = dice.between([0.001, 0.0035])
  return (x, y) => {
    const d = Math.hypot(x - x0, y - y0) / radius
    return 1 - depth * (0.6 + 0.4 * d) * Math.max(0, Math.min(1, (1.3 - d) / 0.6))
  }
}

/** The lens seen in the glass: a soft ring and the dark body around it. */
function mirrored(dice: Dice, width: number, height: number): Shade {
  const [x0, y0] = [dice.between([0.3, 0.7]) * width, dice.between([0.3, 0.7]) * height]
  const ring = dice.between([120, 260])
  const level = dice.between([0.001, 0.004])
  const body = dice.between([0.001, 0.003])
  return (x, y) => {
    const d = Math.hypot(x - x0, y - y0)
    return 1 + level * Math.exp(-(((d - ring) / 60) ** 2)) - body * Math.exp(-((d / (2.2 * ring)) ** 4))
  }
}
