/** Lots and their inspection reports. */
import type { QualityFigures } from '../../quality/figures.ts'
import type { Reports } from '../../reports/reports.ts'
import type { SomeHandlers } from '../handlers.ts'

export const createLotHandlers = (deps: {
  readonly figures: QualityFigures
  readonly reports: Reports
}): SomeHandlers<'listLots' | 'reportModel' | 'reportFile'> => ({
  listLots: ({ query }) => deps.figures.lots(query),
  reportModel: ({ params }, caller) => deps.reports.model(params.id, caller),
  reportFile: ({ params, query }, caller) => deps.reports.file(params.id, query, caller),
})
