/** Forecasts, setpoint proposals and the guard's answers. */
import { type Static, Type } from 'typebox'
import { TagName } from './tag.ts'
import { Reason } from './text.ts'

/** trusted: inside what the model has seen · extrapolating: outside · stale: an input is old or bad. */
export const ForecastState = Type.Union([Type.Literal('trusted'), Type.Literal('extrapolating'), Type.Literal('stale')])
export type ForecastState = Static<typeof ForecastState>

export const ForecastPoint = Type.Object({
  t: Type.Integer(),
  y: Type.Number(),
  /** 90 % interval, in the target's unit. */
  lo: Type.Number(),
  hi: Type.Number(),
})

export const Forecast = Type.Object({
  loop: Type.String(),
  target: TagName,
  /** When it was made, ms. */
  t: Type.Integer(),
  model: Type.String(),
  state: ForecastState,
  points: Type.Array(ForecastPoint),
  /** Largest contributions to the forecast at the horizon, in the target's unit. */
  contributions: Type.Array(Type.Object({ tag: Type.String(), value: Type.Number() })),
  reasons: Type.Array(Reason),
})
export type Forecast = Static<typeof Forecast>

/** monitor: forecast only · advise: a person accepts each proposal · closed: the guard alone stands between. */
export const LoopLevel = Type.Union([Type.Literal('monitor'), Type.Literal('advise'), Type.Literal('closed')])
export type LoopLevel = Static<typeof LoopLevel>

/** A control loop as its agent runs it. */
export const Loop = Type.Object({
  loop: Type.String(),
  agent: Type.String(),
  /** Controlled variable. */
  target: TagName,
  /** Manipulated setpoint. */
  output: TagName,
  level: LoopLevel,
  /** Wished value of the target, with its quality limits. */
  setpoint: Type.Number(),
  low: Type.Number(),
  high: Type.Number(),
  /** The guard's absolute limits of the output and its largest step. */
  guard: Type.Object({ low: Type.Number(), high: Type.Number(), maxStep: Type.Number() }),
})
export type Loop = Static<typeof Loop>

export const ProposalState = Type.Union([
  Type.Literal('open'),
  Type.Literal('accepted'),
  Type.Literal('written'),
  Type.Literal('refused'),
  Type.Literal('rejected'),
  Type.Literal('expired'),
])
/** accepted: a person said yes, the write is under way · refused: guard or machine said no · rejected: a person said no. */
export type ProposalState = Static<typeof ProposalState>

export const SetpointProposal = Type.Object({
  id: Type.String(),
  loop: Type.String(),
  /** Tag to write. */
  output: TagName,
  t: Type.Integer(),
  expiresAt: Type.Integer(),
  current: Type.Number(),
  proposed: Type.Number(),
  unit: Type.String(),
  /** Target forecast at the horizon without and with the change. */
  forecastNow: Type.Number(),
  forecastThen: Type.Number(),
  state: ProposalState,
  /** Why it is proposed. */
  reasons: Type.Array(Reason),
  /** Why it was refused, where it was. */
  refusals: Type.Array(Reason),
  readBack: Type.Optional(Type.Number()),
  decidedBy: Type.Optional(Type.String()),
})
export type SetpointProposal = Static<typeof SetpointProposal>
