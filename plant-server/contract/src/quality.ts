/** QMS: lots, rates with bounds, the inspection report's model. */
import { type Static, Type } from 'typebox'
import { DefectClass } from './inspection.ts'
import { LocalText } from './text.ts'

/** A rate with its one-sided or two-sided exact bounds (Clopper-Pearson 1934), all shares of 1. */
export const Rate = Type.Object({
  events: Type.Integer(),
  of: Type.Integer(),
  /** null where `of` is 0. */
  rate: Type.Union([Type.Number(), Type.Null()]),
  lower: Type.Number(),
  upper: Type.Number(),
  confidence: Type.Number(),
})
export type Rate = Static<typeof Rate>

export const QualitySummary = Type.Object({
  from: Type.Integer(),
  to: Type.Integer(),
  lot: Type.Optional(Type.String()),
  captures: Type.Integer(),
  pass: Type.Integer(),
  fail: Type.Integer(),
  review: Type.Integer(),
  errors: Type.Integer(),
  reviewed: Type.Integer(),
  /** Among reviewed: defective parts that the machine passed / reviewed defective. */
  escape: Rate,
  /** Among reviewed: good parts that the machine failed / reviewed good. */
  overkill: Rate,
  byClass: Type.Array(Type.Object({ class: DefectClass, captures: Type.Integer(), defects: Type.Integer() })),
})
export type QualitySummary = Static<typeof QualitySummary>

export const Lot = Type.Object({
  id: Type.String(),
  station: Type.String(),
  order: Type.Optional(Type.String()),
  product: Type.Optional(Type.String()),
  from: Type.Integer(),
  to: Type.Integer(),
  captures: Type.Integer(),
  pass: Type.Integer(),
  fail: Type.Integer(),
  review: Type.Integer(),
  reviewed: Type.Integer(),
})
export type Lot = Static<typeof Lot>

/** The one model from which PDF, HTML and the assistant's sentences are made; every figure has a key. */
export const InspectionReport = Type.Object({
  lot: Lot,
  generatedAt: Type.Integer(),
  generatedBy: Type.String(),
  summary: QualitySummary,
  models: Type.Array(Type.Object({ model: Type.String(), recipe: Type.String(), captures: Type.Integer() })),
  defects: Type.Array(
    Type.Object({
      inspection: Type.String(),
      image: Type.String(),
      class: DefectClass,
      score: Type.Number(),
      areaPx: Type.Number(),
      verdict: Type.String(),
      review: Type.Optional(Type.String()),
    }),
  ),
  reviews: Type.Array(
    Type.Object({
      inspection: Type.String(),
      image: Type.String(),
      machine: Type.String(),
      decision: Type.String(),
      truth: Type.String(),
      by: Type.String(),
      t: Type.Integer(),
      comment: Type.String(),
    }),
  ),
  conclusion: Type.Array(LocalText),
  /** SHA-256 over the canonical JSON of the rows that the figures come from. */
  dataHash: Type.String(),
})
export type InspectionReport = Static<typeof InspectionReport>
