/** The card of a shipped model: what it is, what it was made from, how good it is, where it must not be used. */
import { type Static, Type } from 'typebox'

const Figures = Type.Record(
  Type.String(),
  Type.Object({ objects: Type.Number(), found: Type.Number(), false_a_frame: Type.Number(), iou: Type.Number() }),
)

/** What every card of a network over pictures says. */
const common = {
  name: Type.String(),
  version: Type.Integer({ minimum: 1 }),
  task: Type.String(),
  /** File beside the card. */
  file: Type.String({ pattern: '^[A-Za-z0-9._-]+$' }),
  sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }),
  input: Type.Object({
    name: Type.String(),
    type: Type.Literal('uint8'),
    layout: Type.Literal('NHWC'),
    channels: Type.Literal('RGB'),
    multiple_of: Type.Integer({ minimum: 1 }),
  }),
  limits: Type.Array(Type.String()),
  license: Type.String(),
}

export const SegmentationCard = Type.Object({
  ...common,
  output: Type.Object({
    name: Type.String(),
    type: Type.Literal('float32'),
    layout: Type.Literal('NCHW'),
    stride: Type.Integer({ minimum: 1 }),
  }),
  /** The first is good. */
  classes: Type.Array(Type.String(), { minItems: 2 }),
  /** Smallest probability that counts, by class, from the calibration set. */
  thresholds: Type.Record(Type.String(), Type.Number({ minimum: 0, maximum: 1 })),
  metrics: Type.Object({ synthetic: Type.Boolean(), calibration: Figures, test: Figures, note: Type.String() }),
})
export type SegmentationCard = Static<typeof SegmentationCard>

/** The card of a network whose features are held against those of good parts. */
export const FeatureCard = Type.Object({
  ...common,
  outputs: Type.Array(
    Type.Object({
      name: Type.String(),
      stride: Type.Integer({ minimum: 1 }),
      channels: Type.Integer({ minimum: 1 }),
    }),
    { minItems: 1 },
  ),
})
export type FeatureCard = Static<typeof FeatureCard>
