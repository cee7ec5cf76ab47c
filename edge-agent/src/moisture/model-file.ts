/** The file in which a fitted soft sensor is kept: one JSON document, parsed when read. */
import { type Problem, parseJson, parser, type Result } from '@millwright/contract'
import { type Static, Type } from 'typebox'
import { Bands } from './bands.ts'
import { Model } from './model.ts'

export const SoftSensorFile = Type.Object({
  kind: Type.Literal('millwright-softsensor'),
  version: Type.Literal(1),
  /** Name and version shown with each forecast. */
  name: Type.String(),
  target: Type.String(),
  inputs: Type.Array(Type.String()),
  targetLate: Type.Union([Type.Integer({ minimum: 0 }), Type.Literal('never')]),
  /** Seconds between rows where the rows are time; 0 where they are counted. */
  sampleSeconds: Type.Number({ minimum: 0 }),
  rung: Type.String(),
  /** One model a horizon, nearest first. */
  models: Type.Array(Model, { minItems: 1 }),
  /** Interval half widths of each model by regime; where absent the model's own. */
  bands: Type.Optional(Type.Array(Bands)),
  /** Column whose value names the regime. */
  regime: Type.Optional(Type.String()),
  /** How it was fitted and what the held-out part said; for people. */
  notes: Type.Record(Type.String(), Type.Unknown()),
})
export type SoftSensorFile = Static<typeof SoftSensorFile>

const file = parser(SoftSensorFile)
export const parseSoftSensorFile = (text: string, place: string): Result<SoftSensorFile, Problem[]> =>
  parseJson(file, text, place)
