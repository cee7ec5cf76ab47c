/** The settings for one product at one station. */
import { type Static, Type } from 'typebox'
import { DefectClass } from './inspection.ts'

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
})
export type Recipe = Static<typeof Recipe>
