/** Reviews and quality figures. */
import type { QualityFigures } from '../../quality/figures.ts'
import type { Reviewer } from '../../quality/review.ts'
import type { SomeHandlers } from '../handlers.ts'
import { timeOf } from './tags.ts'

export const createQualityHandlers = (deps: {
  readonly reviewer: Reviewer
  readonly figures: QualityFigures
}): SomeHandlers<'reviewInspection' | 'qualitySummary'> => ({
  reviewInspection: ({ params, body }, caller) => deps.reviewer.review(params.id, body, caller),
  qualitySummary: ({ query }) =>
    deps.figures.summary({
      ...(query.lot === undefined ? {} : { lot: query.lot }),
      ...(query.from === undefined ? {} : { from: timeOf(query.from, 'from') }),
      ...(query.to === undefined ? {} : { to: timeOf(query.to, 'to') }),
    }),
})
