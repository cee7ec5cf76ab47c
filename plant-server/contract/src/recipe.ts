/** The settings for one product at one station. */
import { type Static, Type } from 'typebox'
import { DefectClass, Pattern } from './inspection.ts'

/** When a found region counts: all bounds must be met for it to be a defect; `fail` bounds decide over review. */
export const ClassRule = Type.Object({
  class: DefectClass,
  /** Smallest score that is reported. */
  minScore: Type.Number({ minimum: 0, maximum: 1 }),
  /** Smallest score that fails the capture; between the two it goes to review. */
  failScore: Type.Number({ minimum: 0, maximum: 1 }),
  /** Smallest area in pixels that is reported. */
  minAreaPx: Type.Number({ minimum: 0 }),
  /** Most that may be found without failing. */
  maxCount: Type.Optional(Type.Integer({ minimum: 0 })),
})
export type ClassRule = Static<typeof ClassRule>

/** What good parts without a screen look like: taught, not written by hand. */
export const PartGuard = Type.Object({
  /** Name of the feature model's folder in models/. */
  model: Type.String(),
  /** Tells one taught guard from another. */
  id: Type.String(),
  /** Parts are brought to this scale and this median brightness (0..255) before they are looked at. */
  scale: Type.Number({ exclusiveMinimum: 0, maximum: 1 }),
  level: Type.Number({ minimum: 1, maximum: 255 }),
  /** Values a cell after projection. */
  dims: Type.Integer({ minimum: 1 }),
  /** Base64 of little-endian float32: the mean of each channel, then the projection, channel by channel. */
  projection: Type.String(),
  /** Good parts: base64 of int8, cell by cell; a value is `unit` times as large. */
  unit: Type.Number({ exclusiveMinimum: 0 }),
  parts: Type.Array(
    Type.Object({
      rows: Type.Integer({ minimum: 1 }),
      columns: Type.Integer({ minimum: 1 }),
      cells: Type.String(),
    }),
    { minItems: 2 },
  ),
  /** Mean and deviation of the distance of good parts to each other, by place on the face. */
  means: Type.Array(Type.Number()),
  deviations: Type.Array(Type.Number()),
  /** How far off a part may be before it fails, and the spread of good ones. */
  limit: Type.Number(),
  spread: Type.Number({ exclusiveMinimum: 0 }),
})
export type PartGuard = Static<typeof PartGuard>

/** A judgement of a person, as the region classifier keeps it: what the region looked like, and what it is. */
export const RegionSample = Type.Object({
  /** Class by the person's judgement; `none`: a false call. */
  label: Type.Union([DefectClass, Type.Literal('none')]),
  capture: Type.String(),
  /** Class and score before any refit. */
  class: DefectClass,
  score: Type.Number({ minimum: 0, maximum: 1 }),
  /** See `vision/refit/traits.ts`. */
  traits: Type.Array(Type.Number()),
})
export type RegionSample = Static<typeof RegionSample>

const shift = {
  /** How far a review reaches among traits. */
  reach: Type.Number({ exclusiveMinimum: 0 }),
  /** What each sample adds to the log odds of a region that is alike. */
  weights: Type.Array(Type.Number()),
}

/** Learnt from reviews: moves the score of a region, and its class, where it looks like what was reviewed. */
export const RegionModel = Type.Object({
  /** Towards real (positive) or false call. */
  real: Type.Object(shift),
  /** Towards each class that reviews named often enough to be told from others. */
  classes: Type.Array(Type.Object({ class: DefectClass, ...shift })),
  /** Reviews it was fitted to, and the kept challenge set, which it never sees. */
  samples: Type.Array(RegionSample),
  challenge: Type.Array(RegionSample),
})
export type RegionModel = Static<typeof RegionModel>

/** How the golden sample looks through the line's own camera when all is set right, in one pattern. */
export const GoldenMark = Type.Object({
  pattern: Pattern,
  /** Encoded levels 0..255 of the screen's middle: red, green, blue. */
  colour: Type.Tuple([Type.Number(), Type.Number(), Type.Number()]),
  /** Steepness of the screen's outline: 1 is sharp. */
  sharpness: Type.Number(),
  /** Middle of the screen and its long side, shares of the picture's width. */
  place: Type.Tuple([Type.Number(), Type.Number()]),
  size: Type.Number(),
  /** Turn from upright, degrees. */
  tilt: Type.Number(),
  /** Darkest of nine fields as a share of the brightest. */
  evenness: Type.Number(),
})
export type GoldenMark = Static<typeof GoldenMark>

export const Recipe = Type.Object({
  id: Type.String({ pattern: '^[A-Za-z0-9._-]{1,80}$' }),
  version: Type.Integer({ minimum: 1 }),
  product: Type.String(),
  /** Name of the model folder in models/. */
  model: Type.String(),
  /** How file names are read; the default divides at the last `_`. */
  naming: Type.Optional(Type.Object({ pattern: Type.String() })),
  rules: Type.Array(ClassRule),
  analytic: Type.Object({
    /** Contrast of a dead pixel against its neighbourhood, 0..1 of full scale. */
    deadPixelContrast: Type.Number({ minimum: 0 }),
    /** SEMI D31 index from which mura fails. */
    muraSemu: Type.Number({ minimum: 0 }),
    /** CIEDE2000 between a zone and the panel's middle from which colour fails. */
    colourDe00: Type.Number({ minimum: 0 }),
  }),
  /** Where it is there, the part has no screen: its whole face is held against good ones. */
  part: Type.Optional(PartGuard),
  /** What must be seen again at change-over before a station may inspect: captures of a panel whose name begins with "golden". */
  golden: Type.Optional(Type.Array(GoldenMark, { minItems: 1 })),
  /** Learnt from the plant's own reviews. */
  regions: Type.Optional(RegionModel),
})
export type Recipe = Static<typeof Recipe>
