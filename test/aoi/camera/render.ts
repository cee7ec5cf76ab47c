import { encodedOf } from '@millwright/models'
import { HEIGHT, type Shot, type Taken, WIDTH } from '../panel.ts'
import { beats } from './beat.ts'
import { type Dice, diceOf } from './dice.ts'
import { type Drawn, drawFlaw, FULL } from './flaws.ts'
import type { CameraSettings } from './settings.ts'
import { type Slow, STEP, slowGain } from './slow.ts'
import { depthAt, drawView, type View } from './view.ts'

/** Light of each pattern, linear, by channel: primaries of a wide-gamut display seen by the camera's own filters. */
const SHOWN: Record<Shot['pattern'], readonly [number, number, number]> = {
  white: [FULL, FULL * 0.985, FULL * 1.01],
  grey: [0.21, 0.212, 0.215],
  black: [0.0085, 0.0088, 0.0095],
  red: [0.64, 0.03, 0.018],
  green: [0.04, 0.62, 0.05],
  blue: [0.015, 0.035, 0.66],
  checker: [FULL, FULL * 0.985, FULL * 1.01],
}
const CODES = 16384

/** 8-bit sRGB codes of linear light. */
const CODE = Uint8Array.from({ length: CODES + 1 }, (_, i) => Math.round(255 * encodedOf(i / CODES)))
/** Unit noise, once for the process: neighbours of a colour share some of it, as demosaicing leaves it. */
const GRAINS = 1 << 20
const NOISE = grains('noise', 0.42)
const UNEVEN = grains('uneven', 0)

/**
 * A capture as a station's camera takes it: panel turned in its fixture, light in electrons with shot and read noise, gain of each
 * pixel its own, the lens's spread on all that is drawn. Pure: a shot gives the same bytes each time.
 */
export function photograph(shot: Shot, settings: CameraSettings): Taken {
  const panel = diceOf(`${shot.seed}>panel`)
  const dice = diceOf(`${shot.seed}>${shot.pattern}`)
  const view = drawView(panel.apart('view'), WIDTH, HEIGHT, settings)
  const frame = { width: WIDTH, height: HEIGHT }
  const light = screenLight(shot, view)
  const dark = shot.pattern === 'black'
  const camera = panel.apart('camera')
  const floor = floorOf(light, camera, settings)
  // What is seen of black holds the room's light too; a leak is a share of what is seen.
  const seen = 1 + floor / SHOWN[shot.pattern][1]
  const drawn =
    shot.flaw === undefined
      ? undefined
      : drawFlaw(frame, view, panel.apart('flaw'), shot.flaw, SHOWN[shot.pattern], seen, dark)
  if (drawn !== undefined) apply(light, drawn, dark)
  const slow = slowGain(panel.apart('slow'), view, WIDTH, HEIGHT, settings, shot.nuisances)
  if (shot.nuisances.includes('moire')) beats(light, WIDTH, HEIGHT, dice.apart('moire'), settings)
  const pixels = expose(light, slow, dice.apart('sensor'), floor, camera, settings)
  return { pixels, width: WIDTH, height: HEIGHT, box: drawn?.box }
}

/** The screen's light with its edge blurred by the lens, the bezel and the room's light. */
function screenLight(shot: Shot, view: View): Float32Array {
  const light = new Float32Array(WIDTH * HEIGHT * 3)
  const [r, g, b] = SHOWN[shot.pattern]
  const black = SHOWN.black
  const checker = shot.pattern === 'checker'
  const tile = (2 * view.halfHigh) / 10
  for (let y = 0; y < HEIGHT; y += 1) {
    for (let x = 0; x < WIDTH; x += 1) {
      const depth = depthAt(view, x + 0.5, y + 0.5)
      const lit = depth > 4 ? 1 : depth < -4 ? 0 : 1 / (1 + Math.exp((-1.7 * depth) / view.psf))
      const at = (y * WIDTH + x) * 3
      if (lit === 0) continue
      const off = checker && odd(view, x, y, tile)
      light[at] = (off ? black[0] : r) * lit
      light[at + 1] = (off ? black[1] : g) * lit
      light[at + 2] = (off ? black[2] : b) * lit
    }
  }
  return light
}

function odd(view: View, x: number, y: number, tile: number): boolean {
  const [dx, dy] = [x + 0.5 - view.cx, y + 0.5 - view.cy]
  const u = dx * view.cos + dy * view.sin + view.halfWide
  const v = dy * view.cos - dx * view.sin + view.halfHigh
  return (Math.floor(u / tile) + Math.floor(v / tile)) % 2 !== 0
}

function apply(light: Float32Array, { stamp, gain, adds }: Drawn, dark: boolean): void {
  const onBlack = adds && dark
  for (let j = 0; j < stamp.high; j += 1) {
    for (let i = 0; i < stamp.wide; i += 1) {
      const share = stamp.share[j * stamp.wide + i]!
      if (share === 0) continue
      const at = ((stamp.top + j) * WIDTH + stamp.left + i) * 3
      for (let c = 0; c < 3; c += 1) {
        if (onBlack) light[at + c]! += gain[c]! * share
        else light[at + c]! *= 1 + gain[c]! * share
      }
    }
  }
}

/** Light that is there whatever the display shows: the room's, mirrored, and what the lens scatters. */
function floorOf(light: Float32Array, camera: Dice, settings: CameraSettings): number {
  const room = camera.between(settings.ambient) * 0.3 + camera.between(settings.bezel)
  return room + camera.between(settings.halo) * meanOf(light) * 0.05
}

function expose(
  light: Float32Array,
  slow: Slow,
  dice: Dice,
  floor: number,
  camera: Dice,
  settings: CameraSettings,
): Uint8Array {
  const out = new Uint8Array(light.length)
  const well = camera.between(settings.fullWell)
  const read = camera.between(settings.read) / well
  const uneven = camera.between(settings.prnu)
  const unevenAt = Math.floor(camera.unit() * GRAINS)
  const ramps = [0, 1, 2].map(() => new Float32Array(WIDTH))
  for (let y = 0; y < HEIGHT; y += 1) {
    for (let c = 0; c < 3; c += 1) ramp(slow.gain[c as 0 | 1 | 2], slow.columns, y, ramps[c]!)
    let n = Math.floor(dice.unit() * GRAINS)
    const row = dice.gauss() * read * 0.1
    let at = y * WIDTH * 3
    let fixed = (unevenAt + at) & (GRAINS - 1)
    for (let x = 0; x < WIDTH; x += 1) {
      for (let c = 0; c < 3; c += 1) {
        const mean = (light[at]! + floor) * ramps[c]![x]! * (1 + uneven * UNEVEN[fixed]!)
        const v = mean + Math.sqrt(mean / well + read * read) * NOISE[n]! + row
        out[at] = CODE[v <= 0 ? 0 : v >= 1 ? CODES : (v * CODES + 0.5) | 0]!
        at += 1
        n = (n + 1) & (GRAINS - 1)
        fixed = (fixed + 1) & (GRAINS - 1)
      }
    }
  }
  return out
}

function ramp(grid: Float32Array, columns: number, y: number, out: Float32Array): void {
  const j = Math.floor(y / STEP)
  const t = y / STEP - j
  for (let i = 0; i * STEP < out.length; i += 1) {
    const a = grid[j * columns + i]! * (1 - t) + grid[(j + 1) * columns + i]! * t
    const b = grid[j * columns + i + 1]! * (1 - t) + grid[(j + 1) * columns + i + 1]! * t
    for (let k = 0; k < STEP && i * STEP + k < out.length; k += 1) out[i * STEP + k] = a + ((b - a) * k) / STEP
  }
}

function meanOf(light: Float32Array): number {
  let [sum, count] = [0, 0]
  for (let i = 0; i < light.length; i += 101) {
    sum += light[i]!
    count += 1
  }
  return sum / count
}

function grains(name: string, shared: number): Float32Array {
  const dice = diceOf(name)
  const raw = Float32Array.from({ length: GRAINS }, () => dice.gauss())
  const own = Math.sqrt(1 - shared * shared)
  return raw.map((v, i) => own * v + shared * raw[(i + GRAINS - 3) & (GRAINS - 1)]!)
}
