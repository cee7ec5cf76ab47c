import {
  type DefectRequest,
  type Nuisance as FirstNuisance,
  PATTERN_SETTINGS,
  type PatternSettings,
  type RenderedClass,
  renderPanel,
} from '@millwright/models/synth'
import { type Flaw, HEIGHT, type Nuisance, type SettingsName, type Shot, type Taken, WIDTH } from './panel.ts'

/** What tuning may look at. */
const DEVELOPMENT: PatternSettings = { ...PATTERN_SETTINGS, moireAmplitude: [0.008, 0.03], moirePeriod: [8, 50] }
/** What figures are taken on. */
const TEST: PatternSettings = {
  noise: [0.8, 2.2],
  softness: [0.4, 0.8],
  reflection: [0.004, 0.018],
  moireAmplitude: [0.01, 0.04],
  moirePeriod: [7, 65],
  vignetting: [0.04, 0.18],
  gain: [0.88, 1.1],
  tint: [0.985, 1.015],
  lensDust: [0.001, 0.0035],
}
const SETTINGS: Record<SettingsName, PatternSettings> = {
  development: DEVELOPMENT,
  test: TEST,
  unseen: { ...TEST, noise: [2.2, 3.2], softness: [0.8, 1], reflection: [0.018, 0.025] },
  other_light: { ...TEST, vignetting: [0.18, 0.28], gain: [0.65, 0.88], tint: [0.96, 1.04] },
  heavy_moire: { ...TEST, moireAmplitude: [0.04, 0.08] },
}

const NAMES: Record<Nuisance, FirstNuisance> = {
  moire: 'moire',
  dust: 'lens_dust',
  reflection: 'reflection',
  drift: 'gain_drift',
}
/** Share of full white that a pattern has in this renderer, for a leak is asked for in full white. */
const SHARE: Record<Shot['pattern'], number> = {
  white: 0.95,
  checker: 0.95,
  grey: 0.31,
  black: 0.013,
  red: 0.2,
  green: 0.6,
  blue: 0.1,
}

/** A capture by the product's own renderer, with settings of its own for each set. */
export function renderFirst(shot: Shot): Taken {
  const { flaw, pattern } = shot
  const rendered = renderPanel({
    seed: shot.seed,
    width: WIDTH,
    height: HEIGHT,
    pattern,
    mmPerPx: 309 / (0.958 * WIDTH),
    nuisances: ['vignetting', 'noise', 'blur', ...shot.nuisances.map(name => NAMES[name])],
    patternSettings: SETTINGS[shot.settings],
    ...(flaw === undefined ? {} : { defects: [requestOf(flaw, pattern)] }),
  })
  return { pixels: rendered.pixels, width: WIDTH, height: HEIGHT, box: rendered.objects[0]?.bbox }
}

function requestOf(flaw: Flaw, pattern: Shot['pattern']): DefectRequest {
  const { at, size, thick, form, bright, severity } = flaw
  const common = { class: flaw.family as RenderedClass, at, bright }
  switch (flaw.family) {
    case 'dead_pixel':
      return { ...common, size: Math.sqrt(Math.max(1, severity)), severity: Math.min(1, severity) }
    case 'line':
      return { ...common, thick: 1 + Math.floor(thick / 3), severity }
    case 'mura':
      return { ...common, size, form, severity }
    case 'light_leak':
      return { ...common, size, severity: severity * SHARE[pattern] }
    case 'scratch':
      return { ...common, size, thick, severity }
    default:
      return { ...common, size, severity }
  }
}
