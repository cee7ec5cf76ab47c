export { classesOn, type PasteRequest, pasteDefects } from './paste.ts'
export { encodeMask, encodePng } from './png.ts'
export { createRandom } from './random.ts'
export { renderPanel } from './render-panel.ts'
export {
  CALIBRATION_SETTINGS,
  type DefectRequest,
  type MuraForm,
  NUISANCES,
  type Nuisance,
  PATTERN_SETTINGS,
  PATTERNS,
  type Pattern,
  type PatternSettings,
  RENDERED_CLASSES,
  type Rendered,
  type RenderedClass,
  type RenderedObject,
  type RenderRequest,
  type SurfaceSettings,
  TEST_SETTINGS,
  TRAINING_SETTINGS,
} from './types.ts'
