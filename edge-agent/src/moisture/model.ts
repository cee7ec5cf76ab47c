/** A fitted forecast of any kind, by one door. */
import { type Static, Type } from 'typebox'
import { BoostedModel, estimateBoosted } from './boosting.ts'
import { type Estimate, estimateLinear, LinearModel } from './linear-model.ts'
import type { SampleTable } from './table.ts'

export const Model = Type.Union([LinearModel, BoostedModel])
export type Model = Static<typeof Model>

/** Estimate made at a row, for `horizon` rows later; undefined where even carried values do not reach. */
export const estimate = (model: Model, table: SampleTable, row: number): Estimate | undefined =>
  'kind' in model ? estimateBoosted(model, table, row) : estimateLinear(model, table, row)

/** Change of the forecast per unit of a column's newest value: what a step made now does; 0 where that is not known. */
export const effectOf = (model: Model, column: string): number =>
  'kind' in model ? 0 : (model.terms.find(term => term.column === column && term.lag === 0)?.weight ?? 0)
