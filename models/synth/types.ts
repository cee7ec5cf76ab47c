/** The displayed test pattern of a capture; `surface` is the display off under the ring light. */
export type Pattern = 'white' | 'black' | 'red' | 'green' | 'blue' | 'grey' | 'checker' | 'surface'

export const PATTERNS: readonly Pattern[] = ['white', 'black', 'red', 'green', 'blue', 'grey', 'checker', 'surface']

/** Classes that have a renderer. The order gives each its number in a mask (from 1; 0 is good). */
export const RENDERED_CLASSES = [
  'scratch',
  'stain',
  'oil',
  'dust',
  'dead_pixel',
  'line',
  'mura',
  'light_leak',
  'colour',
] as const
export type RenderedClass = (typeof RENDERED_CLASSES)[number]

/** A defect to plant. What is left out is drawn from the seed. */
export interface DefectRequest {
  readonly class: RenderedClass
  /** Centre as a share of the screen's width and height, 0..1. */
  readonly at?: readonly [number, number]
  /** Largest extent in px of the picture (scratch: length; line: ignored). */
  readonly size?: number
  /** In the class's own unit: scratch, stain, oil, dust: levels of 255 above the glass on a surface, share of the luminance (0.04 = 4 %) on a
   * pattern, as the mean over the core (where it covers at least half of its most); dead_pixel, line: share of the luminance; light_leak: of full white, over
   * its core; mura: SEMU; colour: CIEDE2000. */
  readonly severity?: number
  /** Mura only: its form. */
  readonly form?: MuraForm
  /** Scratch and line only: width across, px. */
  readonly thick?: number
  /** On a lit pattern: line, mura and scratch brighter (or darker) than the screen. */
  readonly bright?: boolean
}

export type MuraForm = 'spot' | 'line' | 'band' | 'cloud' | 'curtain'

export const NUISANCES = ['moire', 'lens_dust', 'reflection', 'vignetting', 'gain_drift', 'noise', 'blur'] as const
/** What a good station shows too and must not be called a defect. */
export type Nuisance = (typeof NUISANCES)[number]

export interface RenderRequest {
  /** The same request gives the same picture, bit for bit. */
  readonly seed: number | string
  readonly width: number
  readonly height: number
  readonly pattern: Pattern
  readonly defects?: readonly DefectRequest[]
  /** Default: vignetting and noise. */
  readonly nuisances?: readonly Nuisance[]
  /** Scale of SEMU areas: mm a px. Default 0.16 (a 14-inch screen over 1920 px). */
  readonly mmPerPx?: number
  /** Ranges the scene of a surface capture is drawn from. Default: `TRAINING_SETTINGS`. */
  readonly settings?: SurfaceSettings
  /** The same of a pattern capture. Default: `PATTERN_SETTINGS`. */
  readonly patternSettings?: PatternSettings
}

export interface RenderedObject {
  readonly class: RenderedClass
  /** x, y, width, height in px of the picture. */
  readonly bbox: readonly [number, number, number, number]
  readonly area_px: number
  readonly severity: number
}

export interface Rendered {
  /** RGB, 8 bits, interleaved. */
  readonly pixels: Uint8Array
  readonly width: number
  readonly height: number
  /** Per px: 0 good, otherwise 1 + index in RENDERED_CLASSES. */
  readonly mask: Uint8Array
  readonly objects: readonly RenderedObject[]
  /** Corners of the screen in px: top left, top right, bottom right, bottom left. */
  readonly screen: readonly (readonly [number, number])[]
}

export type Range = readonly [number, number]

/** Parameters of surface captures. Training, calibration and test sets differ in these, not in seeds alone. */
export interface SurfaceSettings {
  readonly background: Range
  readonly glass: Range
  readonly backgroundTexture: Range
  readonly noise: Range
  readonly rotationDegrees: Range
  /** Radius of the optics' and demosaicing's blur, px. */
  readonly softness: Range
  readonly tint: Range
  readonly fill: Range
  readonly aspect: Range
  readonly cornerRadius: Range
  readonly haze: Range
  readonly specks: Range
  readonly whiteHousing: number
}

/** Parameters of pattern captures. Light is linear, 0..255. */
export interface PatternSettings {
  /** Deviation of the noise on bright patterns; grey and black have less. */
  readonly noise: Range
  readonly softness: Range
  readonly reflection: Range
  readonly moireAmplitude: Range
  readonly moirePeriod: Range
  readonly vignetting: Range
  readonly gain: Range
  readonly tint: Range
  readonly lensDust: Range
}

export const PATTERN_SETTINGS: PatternSettings = {
  noise: [0.6, 2],
  softness: [0.3, 0.7],
  reflection: [0.003, 0.015],
  moireAmplitude: [0.01, 0.04],
  moirePeriod: [7, 60],
  vignetting: [0.02, 0.15],
  gain: [0.9, 1.1],
  tint: [0.99, 1.01],
  lensDust: [0.001, 0.004],
}

export const TRAINING_SETTINGS: SurfaceSettings = {
  background: [45, 150],
  glass: [8, 48],
  backgroundTexture: [2, 8],
  noise: [0.8, 3.5],
  rotationDegrees: [-4, 4],
  softness: [0.6, 1.5],
  tint: [0, 0.08],
  fill: [0.62, 0.94],
  aspect: [1.75, 2.25],
  cornerRadius: [0.05, 0.22],
  haze: [0, 5],
  specks: [0, 120],
  whiteHousing: 0.12,
}

export const CALIBRATION_SETTINGS: SurfaceSettings = {
  ...TRAINING_SETTINGS,
  background: [55, 130],
  glass: [12, 40],
  noise: [1, 3],
  rotationDegrees: [-7, 7],
  fill: [0.58, 0.9],
  haze: [1, 6],
  specks: [20, 160],
}

export const TEST_SETTINGS: SurfaceSettings = {
  ...TRAINING_SETTINGS,
  background: [70, 165],
  glass: [16, 55],
  backgroundTexture: [3, 10],
  noise: [1.5, 4],
  rotationDegrees: [-10, 10],
  fill: [0.55, 0.88],
  haze: [2, 7],
  specks: [40, 200],
}
