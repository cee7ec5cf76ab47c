/** What an agent's file says of one control loop. */
import { LoopLevel } from '@millwright/contract'
import { type Static, Type } from 'typebox'

const MetricName = Type.String({ pattern: '^[a-z0-9_-]+(/[a-z0-9_-]+)*$' })

/** Holds only while the tag has this value with good quality. */
export const Interlock = Type.Object({
  tag: MetricName,
  equals: Type.Union([Type.Number(), Type.Boolean(), Type.String()]),
})
export type Interlock = Static<typeof Interlock>

export const GuardConfig = Type.Object({
  /** Absolute limits of the output, in its unit. */
  low: Type.Number(),
  high: Type.Number(),
  /** Largest change in one write. */
  maxStep: Type.Number({ exclusiveMinimum: 0 }),
  /** Shortest time between two writes, s. */
  minIntervalS: Type.Number({ minimum: 0 }),
  interlocks: Type.Array(Interlock),
  /** The target must be measured well and lie here for anything to be written. */
  plausible: Type.Object({ low: Type.Number(), high: Type.Number() }),
})
export type GuardConfig = Static<typeof GuardConfig>

export const FeedForwardPiConfig = Type.Object({
  /** Output change per % of error; negative where the output dries. */
  gain: Type.Number(),
  integralS: Type.Number({ exclusiveMinimum: 0 }),
  /** Measured disturbance and output change per unit of it. */
  forward: Type.Optional(Type.Object({ tag: MetricName, gain: Type.Number() })),
  /** Smaller changes than this are not proposed, in the output's unit. */
  deadband: Type.Number({ minimum: 0 }),
  /** Proposals are rounded to this, in the output's unit. */
  resolution: Type.Number({ exclusiveMinimum: 0 }),
})
export type FeedForwardPiConfig = Static<typeof FeedForwardPiConfig>

export const LoopConfig = Type.Object({
  id: Type.String({ pattern: '^[a-z0-9-]+$' }),
  target: MetricName,
  output: MetricName,
  level: LoopLevel,
  setpoint: Type.Number(),
  low: Type.Number(),
  high: Type.Number(),
  /** Soft sensor: a folder with softsensor.json, relative to this file, or the name of a shipped one. */
  model: Type.String(),
  /** Tag for each column of the soft sensor that is not named like its tag. */
  columns: Type.Optional(Type.Record(Type.String(), MetricName)),
  controller: FeedForwardPiConfig,
  /** How often a proposal is considered, s. */
  everyS: Type.Number({ minimum: 1 }),
  /** How long a proposal stays open, s. */
  expiresS: Type.Number({ minimum: 5 }),
  guard: GuardConfig,
  /** Counter written while this agent lives; the plant's own controller takes over when it stops. */
  heartbeat: Type.Optional(Type.Object({ tag: MetricName, everyS: Type.Number({ minimum: 0.5 }) })),
})
export type LoopConfig = Static<typeof LoopConfig>
