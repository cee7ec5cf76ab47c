import type { Dice } from './dice.ts'
import type { CameraSettings } from './settings.ts'

const TURN = 4096
const SINE = Float32Array.from({ length: TURN }, (_, i) => Math.sin((2 * Math.PI * i) / TURN))

/**
 * Moiré: the display's rows and columns beat with the sensor's. The beat of the columns is shifted from colour to colour (by up to a third:
 * stripes of sub-pixels, less what the sensor's colours overlap); both bend outwards, for the lens distorts.
 */
export function beats(light: Float32Array, width: number, height: number, dice: Dice, settings: CameraSettings): void {
  const columns = grating(dice, settings, 0)
  const rows = dice.yes(0.6) ? grating(dice, settings, Math.PI / 2) : undefined
  const bend = dice.between(settings.moireBend) * TURN
  const third = TURN * dice.between([0.05, 1 / 3])
  const reach = (width * width + height * height) / 4
  for (let y = 0; y < height; y += 1) {
    const dy = y - height / 2
    let at = y * width * 3
    for (let x = 0; x < width; x += 1) {
      const dx = x - width / 2
      const curl = (bend * (dx * dx + dy * dy)) / reach + 64 * TURN
      const p = columns.a * dx + columns.b * dy + curl
      const flat = rows === undefined ? 1 : 1 + rows.amplitude * SINE[(rows.a * dx + rows.b * dy + curl) & (TURN - 1)]!
      light[at]! *= flat * (1 + columns.amplitude * SINE[p & (TURN - 1)]!)
      light[at + 1]! *= flat * (1 + columns.amplitude * SINE[(p + third) & (TURN - 1)]!)
      light[at + 2]! *= flat * (1 + columns.amplitude * SINE[(p + 2 * third) & (TURN - 1)]!)
      at += 3
    }
  }
}

/** A beat along an axis of the sensor, a few degrees off as the panel is turned against it. */
function grating(dice: Dice, settings: CameraSettings, way: number) {
  const period = dice.octave(settings.moirePeriod)
  const angle = way + dice.between([-0.5, 0.5])
  return {
    amplitude: dice.between(settings.moireAmplitude),
    a: (TURN * Math.cos(angle)) / period,
    b: (TURN * Math.sin(angle)) / period,
  }
}
