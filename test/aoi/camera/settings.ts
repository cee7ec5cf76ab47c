type Range = readonly [number, number]

/** Ranges that a station of this renderer is drawn from. Light is linear, 1 at the sensor's limit. */
export interface CameraSettings {
  /** Turn of the panel in its fixture, degrees. */
  readonly turn: Range
  /** Share of the frame's width that the screen takes. */
  readonly fill: Range
  /** Radius of the screen's corners, px. */
  readonly corner: Range
  /** Sigma of the lens's point spread, px; a share of the light goes into a wider halo. */
  readonly psf: Range
  readonly halo: Range
  /** Electrons at the sensor's limit, of reading, and spread of the pixels' gain. */
  readonly fullWell: Range
  readonly read: Range
  readonly prnu: Range
  /** Fall of the backlight and of the lens towards the corners. */
  readonly falloff: Range
  readonly vignetting: Range
  /** Light of the room mirrored by screen and bezel. */
  readonly ambient: Range
  readonly bezel: Range
  /** Exposure, and its error by channel. */
  readonly gain: Range
  readonly tint: Range
  readonly moireAmplitude: Range
  readonly moirePeriod: Range
  /** Turns of the beat's phase from the middle to the corner, by the lens's distortion. */
  readonly moireBend: Range
}

/** What tuning may look at. */
export const CAMERA_FOR_DEVELOPMENT: CameraSettings = {
  turn: [-0.3, 0.3],
  fill: [0.945, 0.975],
  corner: [0, 12],
  psf: [0.5, 0.75],
  halo: [0.01, 0.04],
  fullWell: [9000, 15000],
  read: [3, 7],
  prnu: [0.001, 0.003],
  falloff: [0.02, 0.1],
  vignetting: [0.03, 0.12],
  ambient: [0.001, 0.003],
  bezel: [0.0006, 0.003],
  gain: [0.92, 1.04],
  tint: [-0.008, 0.008],
  moireAmplitude: [0.008, 0.035],
  moirePeriod: [9, 60],
  moireBend: [0, 1],
}

/** What figures are taken on. */
export const CAMERA_FOR_TEST: CameraSettings = {
  ...CAMERA_FOR_DEVELOPMENT,
  turn: [-0.4, 0.4],
  fill: [0.93, 0.97],
  corner: [4, 20],
  psf: [0.55, 0.8],
  halo: [0.02, 0.05],
  fullWell: [8000, 13000],
  read: [4, 9],
  falloff: [0.04, 0.14],
  vignetting: [0.05, 0.15],
  gain: [0.9, 1.06],
  tint: [-0.01, 0.01],
  moireAmplitude: [0.01, 0.04],
  moirePeriod: [8, 70],
  moireBend: [0, 1.5],
}

/** Settings that neither tuning nor the held-out set has: another lens, another fixture, another sensor. */
export const CAMERA_UNSEEN: CameraSettings = {
  ...CAMERA_FOR_TEST,
  turn: [-0.9, 0.9],
  fill: [0.86, 0.93],
  corner: [20, 60],
  psf: [0.8, 1],
  halo: [0.05, 0.08],
  fullWell: [5500, 8000],
  read: [9, 14],
  prnu: [0.003, 0.006],
}

/** Other light and exposure. */
export const CAMERA_OTHER_LIGHT: CameraSettings = {
  ...CAMERA_FOR_TEST,
  falloff: [0.14, 0.22],
  vignetting: [0.15, 0.25],
  ambient: [0.003, 0.006],
  gain: [0.65, 0.88],
  tint: [-0.03, 0.03],
}

export const CAMERA_HEAVY_MOIRE: CameraSettings = { ...CAMERA_FOR_TEST, moireAmplitude: [0.04, 0.08] }
