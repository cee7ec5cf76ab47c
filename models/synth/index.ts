export { encodePng } from './png.ts'
export { renderPanel } from './render-panel.ts'
export {
  CALIBRATION_SETTINGS,
  type DefectRequest,
  type MuraForm,
  NUISANCES,
  type Nuisance,
  PATTERNS,
  type Pattern,
  RENDERED_CLASSES,
  type Rendered,
  type RenderedClass,
  type RenderedObject,
  type RenderRequest,
  type SurfaceSettings,
  TEST_SETTINGS,
  TRAINING_SETTINGS,
} from './types.ts'
