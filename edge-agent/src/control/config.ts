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
  /** While this tag (a flow) is below, there is no material at the target's meter, and the target need not be known. */
  idle: Type.Optional(Type.Object({ tag: MetricName, below: Type.Number() })),
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

const Positive = Type.Number({ exclusiveMinimum: 0 })

/** Predictive control over a tracked dryer. A loop that has it is commissioned: it may be closed. */
export const PredictiveLoopConfig = Type.Object({
  /** A folder with tracked.json, relative to this file, or the name of a shipped one. */
  model: Type.String(),
  tags: Type.Object({
    upstream: MetricName,
    inlet: MetricName,
    outlet: MetricName,
    outletFlow: MetricName,
    wall: MetricName,
    speed: MetricName,
    feed: MetricName,
    feedSet: MetricName,
    batchFed: MetricName,
    steam: MetricName,
    hotAir: MetricName,
    damper: MetricName,
    /** Meters around the drum. With all of them its water balance is followed, which tells a disturbance a dead time sooner. */
    inletTemperature: Type.Optional(MetricName),
    inletFlow: Type.Optional(MetricName),
    hotAirMeasured: Type.Optional(MetricName),
    airFlow: Type.Optional(MetricName),
    exhaust: Type.Optional(MetricName),
    exhaustHumidity: Type.Optional(MetricName),
    /** Steam as measured behind its valve: tells whether the valve follows. */
    steamMeasured: Type.Optional(MetricName),
  }),
  /** Planned mass of a batch, kg. */
  batchKg: Positive,
  /** The output may move in here while the loop is closed; inside the guard's limits. */
  window: Type.Object({ low: Type.Number(), high: Type.Number() }),
  /** How often a move is decided while the loop is closed, s; the guard's largest step is meant for this time. */
  everyS: Positive,
  /** Half width of the band around the setpoint that is left only where limits force it, in the target's unit. */
  band: Positive,
  moveWeight: Positive,
  /** Smaller moves are not written, in the output's unit. */
  leastMove: Type.Number({ minimum: 0 }),
  /** Less flow than this at the outlet: there is no material, and its meter need not be good. */
  emptyBelow: Type.Number(),
  /** How long a lost measurement is waited for before the machine's own controller gets the loop, s. */
  holdS: Positive,
  /** So many writes may fail one after the other. */
  patience: Type.Integer({ minimum: 1 }),
  watch: Type.Object({
    frozenS: Positive,
    leap: Positive,
    leaps: Type.Integer({ minimum: 1 }),
    leapsWithinS: Positive,
    disagree: Positive,
    disagreeS: Positive,
  }),
})

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
  predictive: Type.Optional(PredictiveLoopConfig),
  /** How often a proposal is considered, s. */
  everyS: Type.Number({ minimum: 1 }),
  /** How long a proposal stays open, s. */
  expiresS: Type.Number({ minimum: 5 }),
  guard: GuardConfig,
  /** Counter written while this agent lives; the plant's own controller takes over when it stops. */
  heartbeat: Type.Optional(Type.Object({ tag: MetricName, everyS: Type.Number({ minimum: 0.5 }) })),
})
export type LoopConfig = Static<typeof LoopConfig>
